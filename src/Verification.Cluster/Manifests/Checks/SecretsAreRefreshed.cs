using System.Globalization;

namespace Verification.Cluster.Manifests.Checks;

/// <summary>A secret that is fetched is fetched again and again, at least each hour, from a store that is deployed with it and is for its
/// namespace.</summary>
internal sealed class SecretsAreRefreshed : ManifestCheck
{
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    /// <inheritdoc />
    public override string Name => "secret-refresh";

    /// <inheritdoc />
    public override IEnumerable<ManifestFault> FaultsOf(ManifestSet set) =>
        [
            .. set.OfKind("ExternalSecret")
                .Where(fetched => IntervalOf(fetched) is not { } interval || interval <= TimeSpan.Zero || interval > Longest)
                .Select(fetched => new ManifestFault(
                    fetched,
                    $"is fetched once, or after more than an hour ('{fetched.Root.TextAt("spec", "refreshInterval")}')",
                    "give secretStore.refreshInterval in seconds or minutes: 1m"
                )),
            .. set.OfKind("ExternalSecret")
                .Where(fetched => !set.OfKind("ClusterSecretStore").Any(store => IsFor(store, fetched)))
                .Select(fetched => new ManifestFault(
                    fetched,
                    "is of a store that is not there, or not for its namespace",
                    "name a ClusterSecretStore whose conditions have the namespace"
                )),
        ];

    private static bool IsFor(Manifest store, Manifest fetched) =>
        store.Name == fetched.Root.TextAt("spec", "secretStoreRef", "name")
        && store
            .Root.ListAt("spec", "conditions")
            .SelectMany(condition => condition.ListAt("namespaces"))
            .Any(space => space.ToString() == fetched.Namespace);

    /// <summary>How often; null where it is no number of seconds, minutes or hours.</summary>
    private static TimeSpan? IntervalOf(Manifest fetched)
    {
        var text = fetched.Root.TextAt("spec", "refreshInterval");
        return text.Length > 1 && int.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? text[^1] switch
            {
                's' => TimeSpan.FromSeconds(number),
                'm' => TimeSpan.FromMinutes(number),
                'h' => TimeSpan.FromHours(number),
                _ => null,
            }
            : null;
    }
}
