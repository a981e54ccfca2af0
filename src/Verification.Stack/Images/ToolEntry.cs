namespace Verification.Stack.Images;

/// <summary>A program or file that is no component, and where it comes from: a release of its project, a package of PyPI, or
/// neither.</summary>
public sealed record ToolEntry
{
    private const string VersionMark = "{version}";

    /// <summary>What it is; empty where nobody releases it.</summary>
    public string Version { get; set; } = "";

    /// <summary>Address of the release, with a mark for the version.</summary>
    public string? Release { get; set; }

    /// <summary>Address of the release's checksum file, with a mark for the version.</summary>
    public string? Checksums { get; set; }

    /// <summary>SHA-256 of the release where its project publishes none.</summary>
    public string? Sha256 { get; set; }

    /// <summary>Its path in the release, an archive; null where the release is the file itself.</summary>
    public string? Entry { get; set; }

    /// <summary>The package of PyPI that holds it; null for none.</summary>
    public string? Package { get; set; }

    /// <summary>Where else it comes from, in a phrase, where nobody releases it; null where somebody does.</summary>
    public string? Elsewhere { get; set; }

    /// <summary>The objectives that are UNKNOWN without it; a star at the end stands for the rest of an id.</summary>
    public List<string> Objectives { get; set; } = [];

    /// <summary>What is wrong with the entry; null where nothing is.</summary>
    internal string? Problem =>
        (Release, Package, Elsewhere) switch
        {
            _ when Objectives.Count == 0 => "needs objectives",
            ({ }, null, null) when Version.Length == 0 || (Checksums is null) == (Sha256 is null) =>
                "needs version, and checksums or sha256, of its release",
            ({ }, null, null) => new[] { Release, Checksums }.OfType<string>().FirstOrDefault(address => !IsSafe(address)) is { } address
                ? $"comes from {address}: expected an address of https"
                : null,
            (null, { }, null) => Version.Length == 0 ? "needs the version of its package" : null,
            (null, null, { }) => null,
            _ => "needs one of release, package, elsewhere",
        };

    /// <summary>An address of the entry, with the version in its place.</summary>
    /// <param name="address">One of its addresses.</param>
    public Uri Versioned(string address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return new Uri(address.Replace(VersionMark, Version, StringComparison.Ordinal));
    }

    /// <summary>Those of some objectives that are UNKNOWN without it.</summary>
    /// <param name="objectives">Ids of objectives.</param>
    public IReadOnlyList<string> NeededBy(IEnumerable<string> objectives) =>
        [.. objectives.Where(objective => Objectives.Exists(pattern => Covers(pattern, objective)))];

    private static bool Covers(string pattern, string objective) =>
        pattern.EndsWith('*') ? objective.StartsWith(pattern[..^1], StringComparison.Ordinal) : objective == pattern;

    private bool IsSafe(string address) =>
        Uri.TryCreate(address.Replace(VersionMark, Version, StringComparison.Ordinal), UriKind.Absolute, out var found)
        && (found.Scheme == Uri.UriSchemeHttps || found.IsLoopback);
}
