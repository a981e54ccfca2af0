using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using Verification.Cluster.Nodes;
using Verification.Infrastructure;
using Verification.Infrastructure.Environments;
using Verification.Infrastructure.Secrets;
using Verification.Infrastructure.Simulator;
using Verification.Infrastructure.Terraform;
using Verification.Stack;

namespace Verification.Tests.Deployment.Cluster;

/// <summary>An AWS of a run alone, which pods reach. Its Secrets Manager holds the password of MySQL that the environment <c>local</c>
/// fetches, as Terraform has had it made: by the modules of staging and production. It has a bucket for the objects that are backed up.
/// </summary>
internal sealed class SimulatedCloud : IAsyncDisposable
{
    private const string Service = "secretsmanager";
    private const string Region = "eu-central-1";
    private const string Environment = "local";

    /// <summary>As <c>environments/common.yaml</c> names it.</summary>
    private const string Secret = "sportbuff/local/mysql";

    /// <summary>As <c>environments/local/values.yaml</c> names it.</summary>
    private const string Bucket = "sportbuff-local-objects";

    private const string Key = "mysql-password";
    private const string Letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    private const int Length = 40;
    private readonly AwsSimulator simulator;
    private readonly string copy;
    private string? password;

    private SimulatedCloud(AwsSimulator simulator, string copy) => (this.simulator, this.copy) = (simulator, copy);

    /// <summary>Where it answers.</summary>
    public Uri Endpoint => simulator.Address;

    /// <summary>The password that it holds now.</summary>
    public string Password => password ?? throw new InvalidOperationException("it holds none yet");

    /// <summary>Starts it, and has Terraform fill it.</summary>
    /// <param name="root">The project.</param>
    /// <param name="run">The run, with the stage it is for.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="MissingPartException">There is no simulator, or it does not start; or Terraform can't be had.</exception>
    /// <exception cref="ClusterMissingException">Pods would not reach it.</exception>
    /// <exception cref="TerraformRefusedException">What its files say was not applied.</exception>
    public static async Task<SimulatedCloud> StartAsync(ProjectRoot root, RunFolder run, CancellationToken cancellationToken)
    {
        // What costs nothing is told first.
        if (TerraformProgram.Missing is { } missing)
            throw missing;
        IPAddress gateway = await NodeGateway.AddressAsync(cancellationToken);
        var copy = Path.Combine(run.Path, "infrastructure", nameof(SimulatedCloud));
        var cloud = new SimulatedCloud(await AwsSimulator.StartAsync(run, gateway, cancellationToken), copy);
        try
        {
            TerraformFolder.Copy(Path.Combine(root.Path, TerraformFolders.Root), copy);
            var environment = await SimulatedEnvironment.PrepareAsync(
                TerraformProgram.Find(run, cloud.Endpoint),
                copy,
                Environment,
                [],
                cancellationToken
            );
            var applied = await environment.ApplyAsync(cancellationToken);
            if (applied.Deviations.Count > 0)
                throw new TerraformRefusedException(
                    $"the secrets of {Environment} were not applied: {string.Join(" | ", applied.Deviations)}"
                );
            await cloud.simulator.Aws.MakeBucketAsync(Bucket, cancellationToken);
            cloud.password = Assert.Single(await StoredSecrets.ReadAsync(cloud.simulator.Aws, Region, cancellationToken));
            return cloud;
        }
        catch
        {
            await cloud.DisposeAsync();
            throw;
        }
    }

    /// <summary>A password as Secrets Manager makes them: letters and digits at random.</summary>
    public static string NewPassword() => RandomNumberGenerator.GetString(Letters, Length);

    /// <summary>Puts another password in the place of the one that it holds.</summary>
    /// <param name="other">The other.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task ChangeAsync(string other, CancellationToken cancellationToken)
    {
        var held = JsonSerializer.Serialize(new Dictionary<string, string>(StringComparer.Ordinal) { [Key] = other });
        await simulator.Aws.CallAsync(
            Service,
            Region,
            $"{Service}.PutSecretValue",
            new { SecretId = Secret, SecretString = held },
            cancellationToken
        );
        password = other;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await simulator.DisposeAsync();
        if (Directory.Exists(copy))
            Directory.Delete(copy, recursive: true);
    }
}
