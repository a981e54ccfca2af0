using Verification.Stack.Images;

namespace Verification.Gate.Tools;

/// <summary>A release that a program comes from.</summary>
/// <param name="Name">Name of the program.</param>
/// <param name="Version">Its version.</param>
/// <param name="Address">Where the release is.</param>
/// <param name="Checksums">Where its checksum file is; null where the project publishes none.</param>
/// <param name="Sha256">What it must be, where there is no such file; null where there is.</param>
/// <param name="Entry">Path of the program in the release; null where the release is the program.</param>
internal sealed record Release(string Name, string Version, Uri Address, Uri? Checksums, string? Sha256, string? Entry)
{
    /// <summary>The release of an entry of <c>config/versions.yaml</c>; null where it comes from none.</summary>
    public static Release? Of(string name, ToolEntry entry) =>
        entry.Release is { } address
            ? new Release(
                name,
                entry.Version,
                entry.Versioned(address),
                entry.Checksums is { } checksums ? entry.Versioned(checksums) : null,
                entry.Sha256,
                entry.Entry
            )
            : null;

    /// <summary>Name of the file that is downloaded.</summary>
    public string FileName => Path.GetFileName(Address.LocalPath);

    /// <summary>Whether it is a .zip.</summary>
    public bool IsZip => FileName.EndsWith(".zip", StringComparison.OrdinalIgnoreCase);
}
