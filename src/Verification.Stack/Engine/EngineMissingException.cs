namespace Verification.Stack.Engine;

/// <summary>No Docker engine answers on this machine.</summary>
/// <param name="tried">Each endpoint tried, with what went wrong.</param>
public sealed class EngineMissingException(IReadOnlyList<string> tried) : Exception(
    $"No Docker engine answers. Tried: {string.Join("; ", tried)}. Start one, set DOCKER_HOST, or run ./verify as root on Debian or Ubuntu, which installs one.")
{
    /// <summary>Each endpoint tried, with what went wrong.</summary>
    public IReadOnlyList<string> Tried { get; } = tried;
}
