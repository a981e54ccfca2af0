using System.Globalization;
using k8s.Models;
using Verification.Objectives;

namespace Verification.Cluster.Releases;

/// <summary>The releases that were let through to a namespace of a cluster, oldest first: the ConfigMap <c>release-history</c> there, an
/// entry each (<c>schemas/release.schema.json</c>).</summary>
/// <param name="Releases">The releases.</param>
public sealed record ReleaseHistory(IReadOnlyList<RecordedRelease> Releases)
{
    /// <summary>Name of the ConfigMap.</summary>
    public const string Name = "release-history";

    /// <summary>How many are kept: a ConfigMap holds 1 MiB.</summary>
    public const int Kept = 100;

    private const string Schema = "release";

    /// <summary>As keys they are in order.</summary>
    private const string Key = "yyyyMMdd'T'HHmmss.fffffff'Z'";

    /// <summary>The history of a cluster that has none yet.</summary>
    public static ReleaseHistory None { get; } = new([]);

    /// <summary>Reads a history.</summary>
    /// <exception cref="DocumentException">An entry is none; the message names it.</exception>
    public static ReleaseHistory Of(V1ConfigMap map)
    {
        ArgumentNullException.ThrowIfNull(map);
        return new ReleaseHistory([
            .. (map.Data ?? new Dictionary<string, string>())
                .OrderBy(entry => entry.Key, StringComparer.Ordinal)
                .Select(entry => DocumentReader.Parse(entry.Value, $"configmap/{Name}/{entry.Key}.json", Schema).As<RecordedRelease>()),
        ]);
    }

    /// <summary>The history with one release more. What is in it last already is not written again: a second deployment of a release is
    /// none of another.</summary>
    public ReleaseHistory With(RecordedRelease release)
    {
        ArgumentNullException.ThrowIfNull(release);
        return Releases is [.., var last] && DocumentWriter.TextOf(last with { At = release.At }) == DocumentWriter.TextOf(release)
            ? this
            : new ReleaseHistory([.. Releases.TakeLast(Kept - 1), release]);
    }

    /// <summary>When a verdict has last admitted exactly these images with this <c>config/</c>; null where none has. What was overridden
    /// was admitted by none.</summary>
    /// <param name="images">The images by component, with their digests.</param>
    /// <param name="configSha256">SHA-256 over <c>config/</c>.</param>
    public DateTimeOffset? LastAdmitted(IReadOnlyDictionary<string, string> images, string configSha256) =>
        Releases
            .LastOrDefault(release =>
                release.Verdict is not null && release.ConfigSha256 == configSha256 && Digests(release.Images).SetEquals(Digests(images))
            )
            ?.At;

    /// <summary>Writes the history into a ConfigMap.</summary>
    public void WriteTo(V1ConfigMap map)
    {
        ArgumentNullException.ThrowIfNull(map);
        map.Data = Releases.ToDictionary(
            release => release.At.UtcDateTime.ToString(Key, CultureInfo.InvariantCulture),
            DocumentWriter.TextOf,
            StringComparer.Ordinal
        );
    }

    /// <summary>A registry may have moved, or be named otherwise: a component and the digest of its image are what is deployed.</summary>
    private static HashSet<(string Component, string? Digest)> Digests(IReadOnlyDictionary<string, string> images) =>
        [.. images.Select(image => (image.Key, ImageName.Parse(image.Value).Digest))];
}
