namespace Verification.Stack.Images.Registries;

/// <summary>Under which keys a configuration of docker knows a registry.</summary>
/// <param name="Keys">The usual one first.</param>
internal sealed record RegistryKey(IReadOnlyList<string> Keys)
{
    private const string DockerHub = "https://index.docker.io/v1/";
    private static readonly string[] HubHosts = ["index.docker.io", "docker.io", "registry-1.docker.io"];

    /// <summary>The keys of a registry; Docker Hub has an address of its own from the time before registries had names.</summary>
    public static RegistryKey Of(string host) =>
        host is "docker.io" or "index.docker.io" ? new RegistryKey([DockerHub, .. HubHosts]) : new RegistryKey([host]);

    /// <summary>Whether a key of an older docker, with scheme and path, means this registry.</summary>
    public bool IsMeantBy(string key)
    {
        var start = key.IndexOf("://", StringComparison.Ordinal) is >= 0 and var scheme ? scheme + 3 : 0;
        return Keys.Contains(key[start..].Split('/')[0], StringComparer.Ordinal);
    }
}
