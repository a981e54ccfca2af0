using System.Text.Json;
using Verification.Infrastructure.Simulator;

namespace Verification.Infrastructure.Secrets;

/// <summary>The passwords that lie in Secrets Manager.</summary>
public static class StoredSecrets
{
    /// <summary>Every value of every secret of a region.</summary>
    /// <param name="aws">The cloud.</param>
    /// <param name="region">The region.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="HttpRequestException">It does not answer.</exception>
    public static async Task<IReadOnlyList<string>> ReadAsync(AwsCalls aws, string region, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(aws);
        const string Service = "secretsmanager";
        var values = new List<string>();
        var listed = await aws.CallAsync(Service, region, "secretsmanager.ListSecrets", new { }, cancellationToken).ConfigureAwait(false);
        foreach (var secret in listed.GetProperty("SecretList").EnumerateArray())
        {
            var stored = await aws.CallAsync(
                    Service,
                    region,
                    "secretsmanager.GetSecretValue",
                    new { SecretId = secret.GetProperty("ARN").GetString() },
                    cancellationToken
                )
                .ConfigureAwait(false);
            using var passwords = JsonDocument.Parse(stored.GetProperty("SecretString").GetString()!);
            values.AddRange(passwords.RootElement.EnumerateObject().Select(password => password.Value.GetString()!));
        }

        return values;
    }
}
