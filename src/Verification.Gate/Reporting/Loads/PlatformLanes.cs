namespace Verification.Gate.Reporting.Loads;

/// <summary>What the platform used and counted while a load ran: for each of it the lines that stand under the response times.</summary>
internal static class PlatformLanes
{
    private const string Platform = "platform";
    private const string Instance = "instance";
    private const double Kilo = 1000;
    private const double Mebi = 1024 * 1024;

    /// <summary>A container is drawn by itself where it reaches this share of the platform's highest: the others would lie on the
    /// floor.</summary>
    private const double Visible = 0.1;

    private static readonly IReadOnlyList<(string Title, Func<LoadFile.Use, double?> Value)> Uses =
    [
        ("cores that the platform used", use => use.Cores),
        ("memory of the platform, MiB", use => use.MemoryBytes / Mebi),
        ("kB a second that its containers received", use => use.ReceivedPerSecond / Kilo),
        ("kB a second that its containers sent", use => use.SentPerSecond / Kilo),
    ];

    /// <summary>What was used, by the whole and by each container, and what was counted. What nobody told has no place.</summary>
    /// <param name="load">The load.</param>
    /// <param name="seconds">The last second that is drawn.</param>
    public static IEnumerable<(string Title, IReadOnlyList<PlotSeries> Lines)> Of(LoadFile load, int seconds)
    {
        var used = load.Platform.Where(second => second.Second <= seconds).ToList();
        foreach (var (title, value) in Uses)
        {
            var lines = Used(used, value);
            if (lines.Count > 0)
                yield return (title, lines);
        }

        var counted = load.Counters.Where(second => second.Second <= seconds).ToList();
        foreach (var counter in counted.SelectMany(second => second.Counters.Keys).Distinct(StringComparer.Ordinal))
            yield return (
                counter,
                [
                    new PlotSeries(
                        Platform,
                        [
                            .. counted
                                .Where(second => second.Counters.ContainsKey(counter))
                                .Select(second => ((double)second.Second, second.Counters[counter])),
                        ]
                    ),
                ]
            );
    }

    /// <summary>What each container used over the whole load, the one with the most cores first.</summary>
    /// <param name="load">The load.</param>
    public static IReadOnlyList<InstanceFigures> Used(LoadFile load) =>
        [
            .. load
                .Platform.SelectMany(second => second.Instances)
                .GroupBy(each => each.Key, each => each.Value, StringComparer.Ordinal)
                .OrderByDescending(uses => uses.Average(use => use.Cores))
                .ThenBy(uses => uses.Key, StringComparer.Ordinal)
                .Select(uses => new InstanceFigures(
                    uses.Key,
                    Figures.Number(Math.Round(uses.Average(use => use.Cores), 3)),
                    Figures.Number(uses.Max(use => use.Cores)),
                    Figures.Number(Math.Round(uses.Max(use => use.MemoryBytes) / Mebi)),
                    Mean(uses.Average(use => use.ReceivedPerSecond)),
                    Mean(uses.Average(use => use.SentPerSecond))
                )),
        ];

    private static List<PlotSeries> Used(IReadOnlyList<LoadFile.PlatformUse> seconds, Func<LoadFile.Use, double?> value)
    {
        var told = seconds
            .SelectMany(second =>
                second
                    .Instances.Select(each => (Second: (double)second.Second, Name: each.Key, Value: value(each.Value)))
                    .Where(each => each.Value is not null)
                    .Select(each => (each.Second, each.Name, Value: each.Value!.Value))
            )
            .ToList();
        if (told.Count == 0)
            return [];
        var whole = told.GroupBy(each => each.Second).Select(second => (X: second.Key, Y: second.Sum(each => each.Value))).ToList();
        var least = whole.Max(point => point.Y) * Visible;
        return
        [
            .. told.GroupBy(each => each.Name, StringComparer.Ordinal)
                .Where(each => each.Max(point => point.Value) >= least)
                .Select(each => new PlotSeries(Instance, [.. each.Select(point => (point.Second, point.Value))], each.Key)),
            new PlotSeries(Platform, whole),
        ];
    }

    private static string Mean(double? bytesPerSecond) => Figures.Value(bytesPerSecond is { } bytes ? Math.Round(bytes / Kilo, 1) : null);
}

/// <summary>What a container used while a load ran, in words.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Cores">How many cores, on average.</param>
/// <param name="MostCores">How many in the second in which it used the most.</param>
/// <param name="Memory">Its memory where it was the most, MiB.</param>
/// <param name="Received">What came in over the network, kB a second on average.</param>
/// <param name="Sent">What went out, the same.</param>
internal sealed record InstanceFigures(string Name, string Cores, string MostCores, string Memory, string Received, string Sent);
