using System.Security.Cryptography;
using System.Text.Json;
using Verification.Cluster.Manifests;
using Verification.Cluster.Programs;
using Verification.Objectives;
using Verification.Stack;

namespace Verification.Cluster.Bootstrap;

/// <summary>What an environment begins with, encrypted by SOPS as the project has it encrypted: the value of each key of each
/// secret.</summary>
/// <param name="File">The encrypted file.</param>
/// <param name="Secrets">What it holds: the values by key, by secret.</param>
public sealed record BootstrapFile(string File, IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Secrets)
{
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    /// <summary>Every value.</summary>
    public IReadOnlyList<string> Values => [.. Secrets.Values.SelectMany(secret => secret.Values)];

    /// <summary>Makes one for an environment, with every secret that its values name, each value drawn at random. In the clear they are
    /// on no disk.</summary>
    /// <param name="root">The project: its <c>.sops.yaml</c> says what is encrypted.</param>
    /// <param name="folder">The run, with the stage it is for: the file lies among its logs.</param>
    /// <param name="environment">Name of the environment.</param>
    /// <param name="key">Whose file it is.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ToolMissingException">SOPS can't be had.</exception>
    /// <exception cref="BootstrapException">SOPS refused.</exception>
    public static async Task<BootstrapFile> MakeAsync(
        ProjectRoot root,
        RunFolder folder,
        string environment,
        AgeKey key,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(root);
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(key);
        var secrets = NamedIn(Path.Combine(root.Path, "environments", environment, "values.yaml"));
        var result = await Tool.Find("sops")
            .RunAsync(
                folder,
                [
                    "--config",
                    Path.Combine(root.Path, ".sops.yaml"),
                    "encrypt",
                    "--age",
                    key.Recipient,
                    "--input-type",
                    "json",
                    "--output-type",
                    "yaml",
                    "--filename-override",
                    $"environments/{environment}/bootstrap.yaml",
                    "/dev/stdin",
                ],
                new Dictionary<string, string>(StringComparer.Ordinal),
                root.Path,
                JsonSerializer.Serialize(secrets),
                cancellationToken
            )
            .ConfigureAwait(false);
        if (result.ExitCode != 0)
            throw new BootstrapException($"sops encrypts nothing for {environment}: {result.Error.Trim()}");
        Directory.CreateDirectory(folder.Logs);
        var file = Path.Combine(folder.Logs, $"bootstrap-{environment}.yaml");
        await System.IO.File.WriteAllTextAsync(file, result.Output, cancellationToken).ConfigureAwait(false);
        return new BootstrapFile(file, secrets);
    }

    /// <summary>What of it is not in a secret of the manifests as it was encrypted, each a phrase.</summary>
    /// <param name="set">What is deployed.</param>
    public IReadOnlyList<string> MissingIn(ManifestSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        var deployed = set.OfKind("Secret")
            .ToDictionary(secret => secret.Name, secret => secret.Root.TextsAt("data"), StringComparer.Ordinal);
        return
        [
            .. Secrets
                .SelectMany(secret => secret.Value, (secret, value) => (Secret: secret.Key, Key: value.Key, value.Value))
                .Where(each =>
                    deployed.GetValueOrDefault(each.Secret)?.GetValueOrDefault(each.Key)
                    != Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(each.Value))
                )
                .Select(each => $"{each.Key} of the secret {each.Secret} is not deployed as it was encrypted"),
        ];
    }

    private static Dictionary<string, IReadOnlyDictionary<string, string>> NamedIn(string values)
    {
        var root = ManifestReader.Parse(System.IO.File.ReadAllText(values), values)[0].Root;
        return root.ListAt("bootstrap", "secrets")
            .Select(secret => $"{secret}")
            .ToDictionary(
                secret => secret,
                IReadOnlyDictionary<string, string> (secret) =>
                    root.ListAt("existingSecrets", secret)
                        .ToDictionary(key => $"{key}", _ => RandomNumberGenerator.GetString(Letters, 40), StringComparer.Ordinal),
                StringComparer.Ordinal
            );
    }
}
