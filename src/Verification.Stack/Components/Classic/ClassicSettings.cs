using System.Xml.Linq;
using Verification.Stack.Settings;

namespace Verification.Stack.Components.Classic;

/// <summary>The limits and connectors of <c>config/classic/activemq.xml</c> beside what the statistics plugin tells: all that it tells of
/// settings.</summary>
internal static class ClassicSettings
{
    private static readonly XNamespace Core = "http://activemq.apache.org/schema/core";

    public static async Task<SettingsComparison> CompareAsync(
        string file,
        ClassicStatistics statistics,
        CancellationToken cancellationToken
    ) =>
        Compare(
            file,
            await statistics.BrokerAsync(cancellationToken).ConfigureAwait(false),
            await statistics.DestinationAsync("buffs", cancellationToken).ConfigureAwait(false)
        );

    /// <summary>Compares with what was told.</summary>
    /// <param name="file">The configuration.</param>
    /// <param name="told">Figures of the broker.</param>
    /// <param name="queue">Figures of the queue <c>buffs</c>.</param>
    internal static SettingsComparison Compare(
        string file,
        IReadOnlyDictionary<string, string> told,
        IReadOnlyDictionary<string, string> queue
    )
    {
        var broker = XDocument.Load(file).Root!.Element(Core + "broker")!;
        var settings = new List<(string, string, string?)>
        {
            ("brokerName", broker.Attribute("brokerName")!.Value, told.GetValueOrDefault("brokerName")),
            (
                "queue memoryLimit",
                Sizes.InBytes(broker.Descendants(Core + "policyEntry").Single().Attribute("memoryLimit")!.Value),
                queue.GetValueOrDefault("memoryLimit")
            ),
        };
        foreach (var (usage, name) in new[] { ("memoryUsage", "memoryLimit"), ("storeUsage", "storeLimit"), ("tempUsage", "tempLimit") })
            settings.Add(
                (
                    name,
                    Sizes.InBytes(
                        broker.Descendants(Core + usage).Single(element => element.Attribute("limit") is not null).Attribute("limit")!.Value
                    ),
                    told.GetValueOrDefault(name)
                )
            );
        foreach (var uri in broker.Descendants(Core + "transportConnector").Select(connector => new Uri(connector.Attribute("uri")!.Value)))
        {
            // The broker names its connectors by their protocol, and itself by its own host name.
            var running = told.GetValueOrDefault(uri.Scheme == "tcp" ? "openwire" : uri.Scheme);
            settings.Add(
                (
                    $"connector {uri.Scheme}",
                    $":{uri.Port}{uri.Query}",
                    Uri.TryCreate(running, UriKind.Absolute, out var address) ? $":{address.Port}{address.Query}" : running
                )
            );
        }

        return SettingsComparison.Of("classic", settings);
    }
}
