using Verification.Objectives;

namespace Verification.Gate.Reporting.Loads;

/// <summary>A load as two pictures: how its response times are distributed, and how they went over time, with what was answered and what
/// the platform used under them.</summary>
/// <param name="Title">Its name.</param>
/// <param name="Began">When it began.</param>
/// <param name="Remark">Why its figures say nothing; empty where they do.</param>
/// <param name="Stopped">Why it ended before all that was planned; empty where it did not.</param>
/// <param name="Operations">What became of the iterations of each operation.</param>
/// <param name="Keys">Each operation with the kind of its lines.</param>
/// <param name="Curve">The distribution.</param>
/// <param name="Percentiles">The marks under it.</param>
/// <param name="Times">What went over time, one above the other.</param>
/// <param name="Seconds">The marks under it.</param>
/// <param name="Height">Height of the picture over time.</param>
/// <param name="Instances">What each container used.</param>
/// <param name="Description">All of it in a sentence.</param>
internal sealed record LoadPicture(
    string Title,
    string Began,
    string Remark,
    string Stopped,
    IReadOnlyList<OperationFigures> Operations,
    IReadOnlyList<PlotLine> Keys,
    Plot Curve,
    IReadOnlyList<PlotMark> Percentiles,
    IReadOnlyList<Plot> Times,
    IReadOnlyList<PlotMark> Seconds,
    int Height,
    IReadOnlyList<InstanceFigures> Instances,
    string Description
)
{
    private const int Left = 8;
    private const int CurveRight = 390;
    private const int TimesRight = 690;
    private const int Top = 24;
    private const int Lane = 84;
    private const int Gap = 34;
    private const int CurveBottom = Top + (3 * Lane) + (2 * Gap);

    /// <summary>Those of a run.</summary>
    public static IReadOnlyList<LoadPicture> Of(RunFolder run) =>
        [.. LoadFile.Of(run).Where(load => load.Operations.Any(operation => operation.Seconds.Count > 0)).Select(Of)];

    private static LoadPicture Of(LoadFile load)
    {
        var operations = load.Operations.Where(operation => operation.Seconds.Count > 0).ToList();
        var kinds = operations.Select((operation, number) => (operation.Name, Kind: $"operation-{number % 3}")).ToList();
        var seconds = Math.Max(1, operations.Max(operation => operation.Seconds[^1].At));
        var farthest = Depth(
            operations.SelectMany(operation => operation.Curve).Select(point => point.Percentile).Where(p => p < 100).Max()
        );

        PlotSeries Over(LoadFile.Operation operation, int number, Func<LoadFile.Second, double> value) =>
            new(kinds[number].Kind, [.. operation.Seconds.Select(each => ((double)each.At, value(each)))]);
        IReadOnlyList<(string Title, IReadOnlyList<PlotSeries> Lines)> lanes =
        [
            (
                "p99 of the response time in each second, ms",
                [.. operations.Select((each, number) => Over(each, number, second => second.P99))]
            ),
            ("answers a second", [.. operations.Select((each, number) => Over(each, number, second => second.Ended))]),
            .. PlatformLanes.Of(load, seconds),
        ];
        (int, int, int, int) Place(int lane) => (Left, Top + (lane * (Lane + Gap)), TimesRight, Top + (lane * (Lane + Gap)) + Lane);
        List<Plot> times = [.. lanes.Select((lane, number) => Plot.Of(lane.Title, Place(number), seconds, lane.Lines))];
        return new LoadPicture(
            load.Scenario,
            Figures.Utc(load.Began),
            load.Saturation ?? "",
            load.Stopped ?? "",
            [.. load.Operations.Select(OperationFigures.Of)],
            [.. kinds.Select(each => new PlotLine(each.Kind, each.Name))],
            Plot.Of(
                "response time, ms, by percentile",
                (Left, Top, CurveRight, CurveBottom),
                farthest,
                [
                    .. operations.Select(
                        (operation, number) =>
                            new PlotSeries(
                                kinds[number].Kind,
                                [
                                    .. operation.Curve.Select(point =>
                                        (point.Percentile < 100 ? Depth(point.Percentile) : farthest, point.Milliseconds)
                                    ),
                                ]
                            )
                    ),
                ]
            ),
            [
                .. new[] { 50, 90, 99, 99.9, 99.99 }
                    .Where(p => Depth(p) <= farthest)
                    .Select(p => Mark(Depth(p) / farthest, CurveRight, $"p{p}")),
            ],
            times,
            [.. Enumerable.Range(0, 5).Select(part => Mark(part / 4.0, TimesRight, $"{Plot.N(seconds * part / 4.0)} s"))],
            Top + (times.Count * (Lane + Gap)),
            PlatformLanes.Used(load),
            $"{load.Scenario}: {string.Join("; ", operations.Select(Told))}."
        );
    }

    /// <summary>How far to the right a percentile is: each halving of what is above it is one further.</summary>
    private static double Depth(double percentile) => Math.Log2(50 / (100 - percentile));

    private static PlotMark Mark(double part, int right, string label) => new(Plot.N(Left + (part * (right - Left))), label);

    private static string Told(LoadFile.Operation operation) =>
        $"{operation.Name}, {operation.Seconds.Sum(second => second.Ended)} answers in {operation.Seconds.Count} seconds, p99 of the worst {Figures.Number(operation.Seconds.Max(second => second.P99))} ms";
}
