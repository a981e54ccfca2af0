namespace Verification.Cluster.Helmfiles;

/// <summary>Whether the releases of a <c>helmfile.yaml</c> can be deployed in an order: each need is a release, no release waits for
/// itself, and a service waits for its tables.</summary>
public static class ReleaseOrder
{
    /// <summary>The chart of the services, and that of what makes their tables.</summary>
    private const string Service = "./charts/service";
    private const string Schema = "./charts/schema";

    /// <summary>What is wrong with the order, each with file, line and what to do.</summary>
    public static IReadOnlyList<string> FaultsOf(HelmfileDocument helmfile)
    {
        ArgumentNullException.ThrowIfNull(helmfile);
        var known = helmfile
            .Releases.GroupBy(release => release.Id, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);
        return
        [
            .. helmfile
                .Releases.GroupBy(release => release.Id, StringComparer.Ordinal)
                .Where(group => group.Count() > 1)
                .Select(group => $"{Place(helmfile, group.Last())} is the second of this name; give it another"),
            .. helmfile.Releases.SelectMany(release =>
                release
                    .Needs.Where(need => !known.ContainsKey(need))
                    .Select(need =>
                        $"{Place(helmfile, release)} needs {need}, which is no release; there are {string.Join(", ", known.Keys)}"
                    )
            ),
            .. helmfile
                .Releases.Where(release => Reaches(release, release.Id, known, []))
                .Select(release =>
                    $"{Place(helmfile, release)} waits for itself, by {string.Join(" and ", release.Needs)}; take one of the needs away"
                ),
            .. helmfile
                .Releases.Where(release => release.Chart == Service && !release.Needs.Any(need => IsOf(Schema, need, known)))
                .Select(release => $"{Place(helmfile, release)} does not wait for its tables; let it need the release of {Schema}"),
        ];
    }

    private static bool Reaches(HelmfileRelease from, string wanted, Dictionary<string, HelmfileRelease> known, HashSet<string> seen) =>
        from.Needs.Any(need =>
            need == wanted || (seen.Add(need) && known.TryGetValue(need, out var next) && Reaches(next, wanted, known, seen))
        );

    private static bool IsOf(string chart, string release, Dictionary<string, HelmfileRelease> known) =>
        known.TryGetValue(release, out var found) && found.Chart == chart;

    private static string Place(HelmfileDocument helmfile, HelmfileRelease release) =>
        $"{Path.GetFileName(helmfile.File)}({release.Line}): release {release.Id}";
}
