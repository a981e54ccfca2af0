namespace Verification.Tests.Load.Knees;

public sealed class KneeTests(PlatformFixture platform) : LoadTest(platform)
{
    private const int Searches = 3;
    private const int First = 80;

    /// <summary>At 2,000 a second docker's proxy of the Server's port has ended under the connections of those who wait: what lies beyond
    /// is not the platform's.</summary>
    private const int Most = 1000;

    private const double Answered = 0.995;
    private const double ListedWithin = 500;
    private const double PostedWithin = 250;
    private static readonly TimeSpan Tried = TimeSpan.FromSeconds(4);

    /// <inheritdoc />
    protected override TimeSpan MostOfDeciding => TimeSpan.FromMinutes(4);

    /// <inheritdoc />
    protected override TimeSpan MostOfReported => MostOfDeciding;

    /// <summary>Some twenty of them say less than what they have found together.</summary>
    protected override bool IsShown => false;

    /// <summary>It looks for a rate, and takes none.</summary>
    protected override LoadShape Shape => LoadShape.AsWritten;

    /// <summary>From 100 buffs to 180 at each rate, and then reset: 20 a second are posted for 4 s while readers list at the rate that is
    /// tried. It holds where the objectives of the live event do: their limits, of these 4 s.</summary>
    [Fact]
    [Objective("load-knee.readers")]
    public async Task The_highest_rate_of_readers_that_holds_the_objectives_is_found()
    {
        await using var loaded = Load("knee");
        await RunOnceAsync(loaded, "knee", "warm-up", TimeSpan.Zero, [], buffs => Mix(buffs, First));
        var tried = 0;
        var search = new KneeSearch(
            async (rate, cancellation) =>
            {
                await Platform.ResetAsync(cancellation);
                tried++;
                var seen = (await RunOnceAsync(loaded, "knee", $"{tried}-at-{rate}", TimeSpan.Zero, [], buffs => Mix(buffs, rate))).Result;
                return new KneeTrial(rate, seen.Saturation ?? MissedIn(seen), seen.Saturation is not null);
            },
            Most
        );

        var knees = new List<Knee>();
        for (var number = 0; number < Searches; number++)
            // The later ones begin near what the first has found.
            knees.Add(await search.FindAsync(Math.Max(First, knees.FirstOrDefault()?.Rate ?? 0), Cancellation));

        await Platform.ResetAsync(Cancellation);
        var file = new CheckFiles(Suite.Folder).Keep(Platform.History.Scenario, "knee", new KneeSearches(knees));
        Decide(new KneeMeasurement(knees, file).Of("load-knee.readers"));
    }

    private static NBomber.Contracts.ScenarioProps[] Mix(BuffScenarios buffs, int readers) =>
        [buffs.Post(Simulation.Inject(20, Second, Tried)), buffs.List(Simulation.Inject(readers, Second, Tried))];

    private static string? MissedIn(LoadResult seen)
    {
        var answered = (double)seen.Operations.Sum(operation => operation.Ok) / seen.Operations.Sum(operation => operation.Attempted);
        var (lists, posts) = (seen[BuffScenarios.Lists].Response.P99, seen[BuffScenarios.Posts].Response.P95);
        return answered < Answered ? $"{answered:0.0 %} were answered well"
            : lists > ListedWithin ? $"p99 of GET was {lists:0} ms"
            : posts > PostedWithin ? $"p95 of POST was {posts:0} ms"
            : null;
    }
}
