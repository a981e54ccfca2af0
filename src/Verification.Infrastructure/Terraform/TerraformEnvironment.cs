namespace Verification.Infrastructure.Terraform;

/// <summary>What a Terraform that this suite starts sees of the environment: nothing of anybody's cloud, and of its own variables those
/// alone that say where providers come from.</summary>
public static class TerraformEnvironment
{
    /// <summary>Options of <c>terraform init</c>.</summary>
    public const string OptionsOfInit = "TF_CLI_ARGS_init";

    /// <summary>Where providers come from, in Terraform's own words: options of <c>init</c> (<c>-plugin-dir=…</c>), a configuration file
    /// with a mirror, a folder of downloads.</summary>
    private static readonly string[] OfProviders = [OptionsOfInit, "TF_CLI_CONFIG_FILE", "TF_PLUGIN_CACHE_DIR"];

    /// <summary>The variables to change; null takes one away.</summary>
    /// <param name="given">The environment of this process.</param>
    /// <param name="downloads">Folder that keeps what a registry serves, where the environment names none.</param>
    /// <param name="simulator">Address of every service of the cloud.</param>
    public static IReadOnlyDictionary<string, string?> Changes(
        IEnumerable<KeyValuePair<string, string?>> given,
        string downloads,
        Uri simulator
    )
    {
        ArgumentNullException.ThrowIfNull(given);
        ArgumentNullException.ThrowIfNull(simulator);
        var set = given.ToDictionary(variable => variable.Key, variable => variable.Value, StringComparer.Ordinal);
        var changes = set.Keys.Where(IsForeign).ToDictionary(name => name, _ => (string?)null, StringComparer.Ordinal);
        // A request to loopback, or to the simulator, goes through no proxy, and everything else reaches a registry as it may.
        changes["NO_PROXY"] = changes["no_proxy"] = $"127.0.0.1,localhost,{simulator.Host}";
        changes["AWS_ENDPOINT_URL"] = simulator.AbsoluteUri.TrimEnd('/');
        // What stands in these files, or answers at that address, is somebody's: nothing here may act for him.
        changes["AWS_CONFIG_FILE"] = changes["AWS_SHARED_CREDENTIALS_FILE"] = "/dev/null";
        changes["AWS_EC2_METADATA_DISABLED"] = "true";
        changes["CHECKPOINT_DISABLE"] = "1";
        changes["TF_IN_AUTOMATION"] = "1";
        changes["TF_INPUT"] = "0";
        // A variable that names no file is a warning of Terraform in each of its answers.
        if (set.GetValueOrDefault("TF_CLI_CONFIG_FILE") is { Length: > 0 } file && !File.Exists(file))
            changes["TF_CLI_CONFIG_FILE"] = null;
        if (set.GetValueOrDefault("TF_PLUGIN_CACHE_DIR") is not { Length: > 0 })
            changes["TF_PLUGIN_CACHE_DIR"] = downloads;
        // A provider that is in that folder is not laid there anew, beneath whoever reads it.
        // What a lock file pins is checked all the same.
        changes["TF_PLUGIN_CACHE_MAY_BREAK_DEPENDENCY_LOCK_FILE"] = "1";
        return changes;
    }

    private static bool IsForeign(string name) =>
        (name.StartsWith("AWS_", StringComparison.Ordinal) || name.StartsWith("TF_", StringComparison.Ordinal))
        && !OfProviders.Contains(name);
}
