using Verification.Gate.Progress;
using Verification.Stack.Images;

namespace Verification.Gate.Tools;

/// <summary>Puts programs into a folder, one after the other. One that can't be had keeps none of the others from its place.</summary>
/// <param name="folder">The folder.</param>
/// <param name="toolLock">What releases must be.</param>
/// <param name="download">Gets them.</param>
/// <param name="progress">Told what comes of each.</param>
internal sealed class ToolCollection(ToolFolder folder, ToolLock toolLock, ResumingDownload download, ProgressLines progress)
{
    private readonly Dictionary<Uri, string> seen = [];
    private readonly List<(string Tool, string Why)> missing = [];
    private int asked;

    /// <summary>SHA-256 of each release that is in its place.</summary>
    public IReadOnlyDictionary<Uri, string> Seen => seen;

    /// <summary>Which can't be had, in a sentence; null where each is in its place.</summary>
    public string? Missing =>
        missing switch
        {
            [] => null,
            [var one] => $"{one.Why}.",
            _ => $"{missing.Count} of {asked} can't be had, as said above: {string.Join(", ", missing.Select(each => each.Tool))}.",
        };

    /// <summary>Whether any was needed.</summary>
    public bool AnyNeeded => asked > 0;

    /// <summary>Puts those that some objectives need.</summary>
    /// <param name="tools">The programs, by name.</param>
    /// <param name="objectives">Ids of the objectives.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task PutAsync(
        IReadOnlyDictionary<string, ToolEntry> tools,
        IReadOnlyList<string> objectives,
        CancellationToken cancellationToken
    )
    {
        var needed = tools
            .Select(tool => (Name: tool.Key, Entry: tool.Value, For: tool.Value.NeededBy(objectives)))
            .Where(tool => tool.For.Count > 0)
            .ToList();
        asked = needed.Count;
        if (asked == 0)
            progress.Good("the profile needs nothing of it: there is nothing to get");
        foreach (var (name, entry, without) in needed)
        {
            try
            {
                await PutAsync(name, entry, without, cancellationToken).ConfigureAwait(false);
            }
            catch (ToolException e)
            {
                var tool = $"{name} {entry.Version}";
                missing.Add((tool, $"{tool} can't be had, and without it {Are(without)} UNKNOWN: {e.Message}"));
                progress.Bad(missing[^1].Why);
            }
        }
    }

    private async Task PutAsync(string name, ToolEntry entry, IReadOnlyList<string> without, CancellationToken cancellationToken)
    {
        if (entry.Elsewhere is { } elsewhere)
        {
            if (File.Exists(folder.PlaceOf(name)))
                progress.Good($"{name}: lies there");
            else
                progress.Doubt($"{name}: nobody releases it; {elsewhere}. Without either {Are(without)} UNKNOWN");
            return;
        }

        var release = Release.Of(name, entry);
        var locked = release is null ? null : toolLock.HashOf(release.Address);
        var placed = release is null
            ? await new PythonPackage(name, entry.Package!, entry.Version).PutAsync(folder, cancellationToken).ConfigureAwait(false)
            : await folder.PutAsync(release, locked, download, cancellationToken).ConfigureAwait(false);
        progress.Good(
            $"{name} {entry.Version}: {placed.How}{(placed.Sha256 is null || locked is not null ? "" : ", not in config/tools.lock yet")}"
        );
        if (release is not null && placed.Sha256 is { } hash)
            seen[release.Address] = hash;
    }

    private static string Are(IReadOnlyList<string> objectives) =>
        $"{string.Join(", ", objectives)} {(objectives.Count == 1 ? "is" : "are")}";
}
