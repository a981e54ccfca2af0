using System.Text.Json;
using Verification.Stack.Components.Brokers;
using Verification.Stomp;

namespace Verification.Stack.Components.Classic;

/// <summary>What Classic's statistics plugin tells (https://activemq.apache.org/components/classic/documentation/statisticsplugin), over
/// STOMP.</summary>
public sealed class ClassicStatistics : IBrokerManagement
{
    private const string Answers = "/temp-queue/statistics";
    private readonly ManagementDialog dialog;

    private ClassicStatistics(ManagementDialog dialog) => this.dialog = dialog;

    /// <summary>Connects.</summary>
    /// <exception cref="StompException">The broker can't be reached, or refuses.</exception>
    public static async Task<ClassicStatistics> OpenAsync(StompOptions options, CancellationToken cancellationToken) =>
        new(
            await ManagementDialog
                .OpenAsync(options, Answers, [new("transformation", "jms-map-json")], cancellationToken)
                .ConfigureAwait(false)
        );

    /// <inheritdoc />
    public Task<string> VersionAsync(CancellationToken cancellationToken) => Task.FromResult(dialog.Server.Split('/').Last());

    /// <inheritdoc />
    public async Task<QueueFigures> QueueAsync(string queue, CancellationToken cancellationToken) =>
        QueueOf(await DestinationAsync(queue, cancellationToken).ConfigureAwait(false));

    /// <summary>All figures of a queue, by name.</summary>
    public Task<IReadOnlyDictionary<string, string>> DestinationAsync(string queue, CancellationToken cancellationToken) =>
        AskAsync($"ActiveMQ.Statistics.Destination.{queue}", cancellationToken);

    /// <summary>All figures of the broker, by name.</summary>
    public Task<IReadOnlyDictionary<string, string>> BrokerAsync(CancellationToken cancellationToken) =>
        AskAsync("ActiveMQ.Statistics.Broker", cancellationToken);

    /// <inheritdoc />
    public ValueTask DisposeAsync() => dialog.DisposeAsync();

    private static long Number(string text) => long.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private async Task<IReadOnlyDictionary<string, string>> AskAsync(string destination, CancellationToken cancellationToken)
    {
        var answer = await dialog.AskAsync(destination, [], default, cancellationToken).ConfigureAwait(false);
        return FiguresOf(answer.Body.Span);
    }

    /// <summary>What figures say of a queue.</summary>
    internal static QueueFigures QueueOf(IReadOnlyDictionary<string, string> figures) =>
        new(
            Number(figures["size"]),
            Number(figures["consumerCount"]),
            figures.TryGetValue("inflightCount", out var inHand) ? Number(inHand) : null
        );

    /// <summary>The figures of an answer, a map of JMS as JSON.</summary>
    internal static IReadOnlyDictionary<string, string> FiguresOf(ReadOnlySpan<byte> body)
    {
        var figures = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in JsonElement.Parse(body).GetProperty("map").GetProperty("entry").EnumerateArray())
        {
            // A text comes as {"string": [name, value]}, a number as {"string": name, "long": value}.
            var name = entry.GetProperty("string");
            if (name.ValueKind == JsonValueKind.Array)
                figures[name[0].GetString()!] = name[1].GetString()!;
            else
                figures[name.GetString()!] = entry.EnumerateObject().First(property => property.Name != "string").Value.GetRawText();
        }

        return figures;
    }
}
