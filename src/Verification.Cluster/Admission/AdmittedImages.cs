using k8s.Models;

namespace Verification.Cluster.Admission;

/// <summary>The list by which a cluster admits images: those of the release that was recorded last, of the one before it, and what of the
/// list still runs.</summary>
/// <param name="Release">The run that has verified the release recorded last; null where none was.</param>
/// <param name="Previous">Likewise of the one before it.</param>
/// <param name="Digests">By digest (<c>sha256:…</c>): the run that has verified the image.</param>
public sealed record AdmittedImages(string? Release, string? Previous, IReadOnlyDictionary<string, string> Digests)
{
    private const string ReleaseAnnotation = "sportbuff.verification/release";
    private const string PreviousAnnotation = "sportbuff.verification/previous";

    /// <summary>The list of a cluster that has none yet.</summary>
    public static AdmittedImages None { get; } = new(null, null, new Dictionary<string, string>());

    /// <summary>Reads the list of a cluster.</summary>
    public static AdmittedImages Of(V1ConfigMap map)
    {
        ArgumentNullException.ThrowIfNull(map);
        return new AdmittedImages(
            map.GetAnnotation(ReleaseAnnotation),
            map.GetAnnotation(PreviousAnnotation),
            (map.Data ?? new Dictionary<string, string>()).ToDictionary(
                each => each.Key.Replace('-', ':'),
                each => each.Value,
                StringComparer.Ordinal
            )
        );
    }

    /// <summary>The list once a release is recorded. Recorded again, a release stays beside the one that was before it.</summary>
    /// <param name="run">The run that has verified it.</param>
    /// <param name="digests">Its images.</param>
    /// <param name="running">Digests that run now: what of the list runs stays in it, so that a pod that dies comes again.</param>
    public AdmittedImages With(string run, IReadOnlyCollection<string> digests, IReadOnlySet<string> running)
    {
        ArgumentNullException.ThrowIfNull(running);
        var previous = run == Release ? Previous : Release;
        var kept = Digests
            .Where(each => each.Value == run || each.Value == previous || running.Contains(each.Key))
            .ToDictionary(StringComparer.Ordinal);
        foreach (var digest in digests)
            kept[digest] = run;
        return new AdmittedImages(run, previous, kept);
    }

    /// <summary>Writes the list into a ConfigMap. A key of one holds no colon.</summary>
    public void WriteTo(V1ConfigMap map)
    {
        ArgumentNullException.ThrowIfNull(map);
        map.SetAnnotation(ReleaseAnnotation, Release);
        map.SetAnnotation(PreviousAnnotation, Previous);
        map.Data = Digests.ToDictionary(each => each.Key.Replace(':', '-'), each => each.Value, StringComparer.Ordinal);
    }
}
