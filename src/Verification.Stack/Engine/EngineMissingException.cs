namespace Verification.Stack.Engine;

/// <summary>No Docker engine answers on this machine.</summary>
/// <param name="tried">Each endpoint tried, with what went wrong.</param>
/// <param name="advice">What to do: full sentences; null where no address was named, and the usual advice holds.</param>
public sealed class EngineMissingException(IReadOnlyList<string> tried, string? advice = null)
    : Exception($"No Docker engine answers. Tried: {string.Join("; ", tried)}. {advice ?? Usual}")
{
    private const string Usual = "Start one, set DOCKER_HOST, or run ./verify as root on Debian or Ubuntu, which installs one.";

    /// <summary>Each endpoint tried, with what went wrong.</summary>
    public IReadOnlyList<string> Tried { get; } = tried;

    /// <summary>What to do.</summary>
    public string Advice { get; } = advice ?? Usual;
}
