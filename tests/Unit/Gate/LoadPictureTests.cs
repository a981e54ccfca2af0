using Verification.Gate.Reporting.Loads;
using Verification.Load;
using Verification.Objectives;
using Xunit;

namespace Verification.Tests.Unit.Gate;

public sealed class LoadPictureTests : IDisposable
{
    private static readonly DateTimeOffset Began = new(2026, 11, 27, 9, 0, 0, TimeSpan.Zero);
    private readonly TemporaryFolder folder = new();

    private RunFolder Run => new(folder.Path);

    [Fact]
    public void A_run_without_a_load_has_no_picture() => Assert.Empty(LoadPicture.Of(Run));

    [Fact]
    public void What_a_load_has_left_is_drawn_over_time_and_by_percentile()
    {
        new CheckFiles(Run).Keep("test", "load", Result());

        var picture = Assert.Single(LoadPicture.Of(Run));

        Assert.Equal(("live event", "2026-11-27 09:00:00 UTC", ""), (picture.Title, picture.Began, picture.Remark));
        Assert.Equal(new OperationFigures("post", "60", "60", "0", "0", "0", "20.1", "1", "1", "1", "1", "1", "1"), picture.Operations[0]);
        Assert.Equal(["post", "get"], picture.Keys.Select(key => key.Points));
        Assert.Equal(["p50", "p90", "p99"], picture.Percentiles.Select(mark => mark.Label));
        // From the lower left to the upper right: 100 ms is the highest, and the last second the farthest.
        Assert.Equal("8,66 349,24 690,108", picture.Times[0].Lines[0].Points);
        Assert.Equal("100", picture.Times[0].Highest);
        Assert.Equal(
            [
                "p99 of the response time in each second, ms",
                "answers a second",
                "cores that the platform used",
                "memory of the platform, MiB",
                "kB a second that its containers received",
                "statements a second",
            ],
            picture.Times.Select(lane => lane.Title)
        );
        // The Dashboard uses too little for a line of its own, and of what went out nobody tells.
        Assert.Equal(
            [("instance", "server", "8,323 349,281"), ("platform", "", "8,318.8 349,276.8")],
            picture.Times[2].Lines.Select(line => (line.Kind, line.Name, line.Points))
        );
        Assert.Equal(["server", "dashboard", ""], picture.Times[3].Lines.Select(line => line.Name));
        Assert.Equal("5", picture.Times[4].Highest);
        Assert.Equal("8,664.4 690,630.8", picture.Times[5].Lines[0].Points);
        Assert.Equal([new("server", "0.5", "0.75", "3", "4", "–"), new("dashboard", "0.05", "0.05", "3", "–", "–")], picture.Instances);
        Assert.Equal(
            "live event: post, 60 answers in 3 seconds, p99 of the worst 100 ms; get, 60 answers in 3 seconds, p99 of the worst 100 ms.",
            picture.Description
        );
    }

    [Fact]
    public void A_load_whose_figures_say_nothing_says_so()
    {
        var result = Result();
        var late = result.Operations[0] with { Lag = new Percentiles(60, 20, 20, 20, 20, 20, 20) };
        new CheckFiles(Run).Keep("test", "load", result with { Operations = [late] });

        Assert.Contains("began late by 20.0 ms", Assert.Single(LoadPicture.Of(Run)).Remark, StringComparison.Ordinal);
    }

    [Fact]
    public void A_load_that_ended_early_says_why()
    {
        new CheckFiles(Run).Keep("test", "load", Result() with { Stopped = "load.success can no longer hold" });

        Assert.Equal("load.success can no longer hold", Assert.Single(LoadPicture.Of(Run)).Stopped);
    }

    [Fact]
    public void Loads_stand_in_the_order_in_which_they_began_and_a_file_that_is_none_is_left_out()
    {
        new CheckFiles(Run).Keep("test", "load", Result() with { Scenario = "later", Began = Began.AddMinutes(1) });
        new CheckFiles(Run).Keep("test", "load", Result());
        File.WriteAllText(Path.Combine(Run.Checks, "load-broken.json"), "{");

        Assert.Equal(["live event", "later"], LoadPicture.Of(Run).Select(picture => picture.Title));
    }

    public void Dispose() => folder.Dispose();

    private static LoadResult Result() =>
        new("live event", Began, TimeSpan.FromSeconds(3), TimeSpan.Zero, [Operation("post"), Operation("get")])
        {
            Platform = [Used(0, 0.25), Used(1, 0.75)],
            Counters = [Counted(0, 40), Counted(2, 80)],
        };

    private static PlatformSecond Used(int second, double cores) =>
        new(second, new Dictionary<string, InstanceUse> { ["server"] = new(cores, 3 << 20, 4000), ["dashboard"] = new(0.05, 3 << 20) });

    private static CounterSecond Counted(int second, double statements) =>
        new(second, new Dictionary<string, double> { ["statements a second"] = statements });

    private static OperationResult Operation(string name)
    {
        var times = new Percentiles(60, 1, 1, 1, 1, 1, 1);
        return new OperationResult(name, 60, 60, 60, 0, 0, 0, 0)
        {
            RatePerSecond = 20.06,
            Response = times,
            Service = times,
            Lag = times,
            Failures = new Dictionary<string, long>(),
            Seconds = [new(0, 20, 0, 5, 50, 60), new(1, 20, 0, 5, 100, 120), new(2, 20, 0, 5, 0, 0)],
            Curve = [new(50, 5), new(75, 10), new(99, 80), new(100, 120)],
        };
    }
}
