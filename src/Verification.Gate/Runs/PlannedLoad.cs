using Verification.Objectives;

namespace Verification.Gate.Runs;

/// <summary>On how many observations an objective of a load rests when the load lasts as its scenario says, and so what another length or
/// rate makes of it.</summary>
/// <param name="Objective">Id of the objective.</param>
/// <param name="Observed">Iterations of the operations that it looks at.</param>
/// <param name="Seconds">How long they last, in s.</param>
/// <param name="Peak">Iterations a second at the peak, of all operations that wait for no other.</param>
/// <param name="WarmUp">Iterations of the warm-up that count, too: it keeps its length.</param>
internal sealed record PlannedLoad(string Objective, int Observed, int Seconds, int Peak, int WarmUp = 0)
{
    /// <summary>As the scenarios of the suite say. A saturated generator or a request without an answer makes fewer of it; of those whose
    /// number the platform decides nothing stands here.</summary>
    public static IReadOnlyList<PlannedLoad> All { get; } =
    [
        new("load.success", 1300, 15, 120),
        new("load.get-latency", 1000, 15, 120),
        new("load.post-latency", 300, 15, 120),
        new("load.lossless", 300, 15, 120, 100),
        new("load-event.success", 6750, 75, 150),
        new("load-event.get-latency", 6000, 75, 150),
        new("load-event.post-latency", 750, 75, 150),
        new("load-event.lossless", 750, 75, 150, 50),
        new("load-writes.success", 2000, 40, 50),
        new("load-writes.latency", 2000, 40, 50),
        new("load-writes.lossless", 2000, 40, 50, 250),
        new("load-reads.success", 4000, 40, 100),
        new("load-reads.latency", 4000, 40, 100),
        new("load-spike.success", 2820, 28, 210),
        new("load-spike.get-latency", 2540, 28, 210),
        new("load-spike.post-latency", 280, 28, 210),
        new("load-spike.lossless", 280, 28, 210, 50),
        new("load-stress.success-behind", 1500, 15, 100),
        new("load-stress.latency-behind", 1200, 15, 100),
        new("load-stress.lossless", 1800, 15, 100),
        new("load-connections.latency", 600, 30, 30),
        new("load-propagation.row", 800, 40, 20, 100),
        new("load-propagation.listed", 800, 40, 20, 100),
        new("load-propagation.late", 800, 40, 20, 100),
        new("load-propagation.lossless", 800, 40, 20, 100),
    ];

    /// <summary>How many observations there are at most.</summary>
    /// <param name="duration">How long the load lasts; null for as long as its scenario says.</param>
    /// <param name="rate">Iterations a second at its peak; null for as many as its scenario says.</param>
    public long Most(TimeSpan? duration, int? rate) =>
        (long)Math.Ceiling((Observed * TimesAsLong(duration) * TimesAsOften(rate)) + (WarmUp * TimesAsOften(rate)));

    /// <summary>How long the load has to last at least for so many observations, in whole s.</summary>
    /// <param name="observations">How many are wanted.</param>
    /// <param name="rate">Iterations a second at its peak; null for as many as its scenario says.</param>
    public long Needs(long observations, int? rate) =>
        (long)Math.Ceiling((observations - (WarmUp * TimesAsOften(rate))) / (Observed * TimesAsOften(rate)) * Seconds);

    /// <summary>The objectives that were asked for and can't have enough observations, each with how many it has.</summary>
    /// <param name="gates">How many each needs.</param>
    /// <param name="options">What was asked for.</param>
    public static IReadOnlyList<TooFew> TooFewOf(Gates gates, GateOptions options) =>
        [
            .. All.Where(load => options.Only.Contains(load.Objective) && gates.Objectives.ContainsKey(load.Objective))
                .Select(load =>
                {
                    var needed = gates.Objectives[load.Objective].MinObservations;
                    return new TooFew(
                        load.Objective,
                        load.Most(options.LoadDuration, options.LoadRate),
                        needed,
                        load.Needs(needed, options.LoadRate)
                    );
                })
                .Where(each => each.Observations < each.Needed),
        ];

    private double TimesAsLong(TimeSpan? duration) => duration is { } wanted ? wanted.TotalSeconds / Seconds : 1;

    private double TimesAsOften(int? rate) => rate is { } wanted ? (double)wanted / Peak : 1;
}

/// <summary>An objective that a load is too short or too light for.</summary>
/// <param name="Objective">Its id.</param>
/// <param name="Observations">How many observations it has at most.</param>
/// <param name="Needed">How many it needs.</param>
/// <param name="Seconds">How long the load has to last for as many, in s.</param>
internal sealed record TooFew(string Objective, long Observations, long Needed, long Seconds)
{
    /// <inheritdoc />
    public override string ToString() =>
        $"{Objective} has {Observations} observations at most and needs {Needed} (--duration {Seconds}s at this rate)";
}
