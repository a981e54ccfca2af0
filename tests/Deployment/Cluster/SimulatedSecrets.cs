using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using Verification.Cluster.Nodes;
using Verification.Infrastructure.Simulator;

namespace Verification.Tests.Deployment.Cluster;

/// <summary>A Secrets Manager of a run alone, which pods reach. It holds the password of MySQL that the environment <c>local</c>
/// fetches.</summary>
internal sealed class SimulatedSecrets : IAsyncDisposable
{
    private const string Service = "secretsmanager";
    private const string Region = "eu-central-1";

    /// <summary>As <c>environments/common.yaml</c> names it.</summary>
    private const string Secret = "sportbuff/local/mysql";

    private const string Key = "mysql-password";
    private const string Letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    private const int Length = 40;
    private readonly AwsSimulator simulator;

    private SimulatedSecrets(AwsSimulator simulator) => this.simulator = simulator;

    /// <summary>Where it answers.</summary>
    public Uri Endpoint => simulator.Address;

    /// <summary>The password that it holds now.</summary>
    public string Password { get; private set; } = NewPassword();

    /// <summary>Starts it.</summary>
    /// <param name="run">The run, with the stage it is for.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="SimulatorUnavailableException">There is none, or it does not start.</exception>
    /// <exception cref="ClusterMissingException">Pods would not reach it.</exception>
    public static async Task<SimulatedSecrets> StartAsync(RunFolder run, CancellationToken cancellationToken)
    {
        IPAddress gateway = await NodeGateway.AddressAsync(cancellationToken);
        var secrets = new SimulatedSecrets(await AwsSimulator.StartAsync(run, gateway, cancellationToken));
        try
        {
            await secrets.CallAsync("CreateSecret", new { Name = Secret, SecretString = Held(secrets.Password) }, cancellationToken);
            return secrets;
        }
        catch
        {
            await secrets.DisposeAsync();
            throw;
        }
    }

    /// <summary>A password as Secrets Manager makes them: letters and digits at random.</summary>
    public static string NewPassword() => RandomNumberGenerator.GetString(Letters, Length);

    /// <summary>Puts another password in the place of the one that it holds.</summary>
    /// <param name="password">The other.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task ChangeAsync(string password, CancellationToken cancellationToken)
    {
        await CallAsync("PutSecretValue", new { SecretId = Secret, SecretString = Held(password) }, cancellationToken);
        Password = password;
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => simulator.DisposeAsync();

    private static string Held(string password) =>
        JsonSerializer.Serialize(new Dictionary<string, string>(StringComparer.Ordinal) { [Key] = password });

    private Task CallAsync(string call, object arguments, CancellationToken cancellationToken) =>
        simulator.Aws.CallAsync(Service, Region, $"{Service}.{call}", arguments, cancellationToken);
}
