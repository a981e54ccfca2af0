namespace Verification.Tests.Load.Mixes;

public sealed class ExpectedEventTests(PlatformFixture platform) : LoadTest(platform)
{
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(30);

    /// <inheritdoc />
    protected override TimeSpan MostOfDeciding => TimeSpan.FromMinutes(4);

    /// <summary>The rates are those that are expected.</summary>
    protected override LoadShape Shape => LoadShape.AsWritten;

    /// <summary>What the profile says of the peak of an event, for 30 s behind a warm-up.</summary>
    [Fact]
    [Objective("load-expected.served")]
    public async Task What_the_business_expects_at_the_peak_of_an_event_is_answered_in_time()
    {
        if (Suite.Profile.Expects is not { } expected)
        {
            var nothing = $"the profile {Suite.Profile.Name} says nothing of what the business expects (expects, docs/load.md)";
            Record(TestObjectives().Select(objective => Measurement.NotMeasured(objective, nothing)));
            Unavailable(nothing, isAllowed: true);
            return;
        }

        await using var loaded = Load("expected");

        var measured = await RunAsync(
            loaded,
            "expected",
            [],
            buffs =>
                [
                    buffs.Post(Simulation.Inject(expected.PostsPerSecond, Second, Measured)),
                    buffs.List(Simulation.Inject(expected.ReadersPerSecond, Second, Measured)),
                ]
        );

        await loaded.Platform.Account.CloseAsync(loaded.Prefix, Cancellation);
        await Platform.ResetAsync(Cancellation);
        Decide(measured.Expected("load-expected.served", expected, BuffScenarios.Posts, BuffScenarios.Lists));
    }
}
