using Verification.Objectives;

namespace Verification.Gate.Reporting.Loads;

/// <summary>A load as two pictures: how its response times are distributed, and how they went over time, with what was answered and what
/// the platform used under them.</summary>
/// <param name="Title">Its name.</param>
/// <param name="Began">When it began.</param>
/// <param name="Remark">Why its figures say nothing; empty where they do.</param>
/// <param name="Keys">Each operation with the kind of its lines.</param>
/// <param name="Curve">The distribution.</param>
/// <param name="Percentiles">The marks under it.</param>
/// <param name="Times">What went over time, one above the other.</param>
/// <param name="Seconds">The marks under it.</param>
/// <param name="Height">Height of the picture over time.</param>
/// <param name="Description">All of it in a sentence.</param>
internal sealed record LoadPicture(
    string Title,
    string Began,
    string Remark,
    IReadOnlyList<PlotLine> Keys,
    Plot Curve,
    IReadOnlyList<PlotMark> Percentiles,
    IReadOnlyList<Plot> Times,
    IReadOnlyList<PlotMark> Seconds,
    int Height,
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
    private const string Platform = "platform";

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

        IReadOnlyList<(string, IReadOnlyList<(double, double)>)> Over(Func<LoadFile.Second, double> value) =>
            [
                .. operations.Select(
                    (operation, number) =>
                        (
                            kinds[number].Kind,
                            (IReadOnlyList<(double, double)>)[.. operation.Seconds.Select(each => ((double)each.At, value(each)))]
                        )
                ),
            ];

        (int, int, int, int) Place(int lane) => (Left, Top + (lane * (Lane + Gap)), TimesRight, Top + (lane * (Lane + Gap)) + Lane);
        var times = new List<Plot>
        {
            Plot.Of("p99 of the response time in each second, ms", Place(0), seconds, Over(second => second.P99)),
            Plot.Of("answers a second", Place(1), seconds, Over(second => second.Ended)),
        };
        if (load.Platform.Count > 0)
            times.Add(
                Plot.Of(
                    "cores that the platform used",
                    Place(2),
                    seconds,
                    [
                        (
                            Platform,
                            [
                                .. load
                                    .Platform.Where(second => second.Second <= seconds)
                                    .Select(second => ((double)second.Second, second.Instances.Values.Sum(use => use.Cores))),
                            ]
                        ),
                    ]
                )
            );
        foreach (var counter in load.Counters.SelectMany(second => second.Counters.Keys).Distinct(StringComparer.Ordinal))
            times.Add(
                Plot.Of(
                    counter,
                    Place(times.Count),
                    seconds,
                    [
                        (
                            Platform,
                            [
                                .. load
                                    .Counters.Where(second => second.Second <= seconds && second.Counters.ContainsKey(counter))
                                    .Select(second => ((double)second.Second, second.Counters[counter])),
                            ]
                        ),
                    ]
                )
            );
        return new LoadPicture(
            load.Scenario,
            Figures.Utc(load.Began),
            load.Saturation ?? "",
            [.. kinds.Select(each => new PlotLine(each.Kind, each.Name))],
            Plot.Of(
                "response time, ms, by percentile",
                (Left, Top, CurveRight, CurveBottom),
                farthest,
                [
                    .. operations.Select(
                        (operation, number) =>
                            (
                                kinds[number].Kind,
                                (IReadOnlyList<(double, double)>)
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
            $"{load.Scenario}: {string.Join("; ", operations.Select(Told))}."
        );
    }

    /// <summary>How far to the right a percentile is: each halving of what is above it is one further.</summary>
    private static double Depth(double percentile) => Math.Log2(50 / (100 - percentile));

    private static PlotMark Mark(double part, int right, string label) => new(Plot.N(Left + (part * (right - Left))), label);

    private static string Told(LoadFile.Operation operation) =>
        $"{operation.Name}, {operation.Seconds.Sum(second => second.Ended)} answers in {operation.Seconds.Count} seconds, p99 of the worst {Figures.Number(operation.Seconds.Max(second => second.P99))} ms";
}
