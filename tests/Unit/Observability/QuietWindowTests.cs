using Verification.Observability;
using Xunit;

namespace Verification.Tests.Unit.Observability;

public sealed class QuietWindowTests
{
    private const string Objective = "alerts.quiet";
    private static readonly TimeSpan Length = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Enough = TimeSpan.FromMinutes(4);
    private static readonly QuietWindow Quiet = new(Length, [], Lack: null, Busy: null);
    private static readonly QuietWindow Unscraped = Quiet with { Lack = "3 of 900 scrapes failed" };
    private static readonly QuietWindow Busy = Quiet with { Busy = "the processors were busy" };
    private static readonly QuietWindow Told = Quiet with { Told = ["Backlog to tickets"] };

    [Fact]
    public void Quiet_windows_add_up()
    {
        var measured = QuietWindow.Of(Objective, [Quiet, Quiet]);

        Assert.Equal(0, measured.Value);
        Assert.Equal(240, measured.Observations);
        Assert.Null(measured.Diagnosis);
        Assert.False(QuietWindow.AreEnough([Quiet], Enough));
        Assert.True(QuietWindow.AreEnough([Quiet, Quiet], Enough));
    }

    [Fact]
    public void The_silence_of_one_that_was_not_scraped_or_was_busy_counts_for_nothing()
    {
        var measured = QuietWindow.Of(Objective, [Quiet, Unscraped, Busy]);

        Assert.Equal(0, measured.Value);
        Assert.Equal(120, measured.Observations);
        Assert.Equal("of 3 windows 2 count for nothing: 3 of 900 scrapes failed | the processors were busy", measured.Diagnosis);
        Assert.False(QuietWindow.AreEnough([Quiet, Unscraped, Busy], Enough));
    }

    [Fact]
    public void What_was_told_fails_although_not_all_was_scraped()
    {
        var measured = QuietWindow.Of(Objective, [Quiet, Unscraped with { Told = Told.Told }]);

        Assert.Equal(1, measured.Value);
        Assert.Equal("Backlog to tickets", measured.Diagnosis);
        Assert.True(QuietWindow.AreEnough([Told], Enough));
    }

    /// <summary>What is late is rightly told there.</summary>
    [Fact]
    public void What_was_told_on_a_busy_machine_leaves_all_unknown()
    {
        var measured = QuietWindow.Of(Objective, [Quiet, Quiet, Busy with { Told = Told.Told }]);

        Assert.Null(measured.Value);
        Assert.Equal("Backlog to tickets; the processors were busy", measured.Diagnosis);
        Assert.True(QuietWindow.AreEnough([Busy with { Told = Told.Told }], Enough));
    }

    [Theory]
    [InlineData(0, new double[0], 0, 0, "Prometheus scrapes nothing")]
    [InlineData(2, new double[] { 120 }, 0, 120, "1 of 2 targets were never scraped")]
    [InlineData(2, new double[] { 120, 120 }, 3, 120, "3 of 240 scrapes failed")]
    [InlineData(2, new double[] { 120, 113 }, 0, 120, "a target was scraped 113 times of 120, fewer than 95 %")]
    [InlineData(2, new double[] { 120, 114 }, 0, 120, null)]
    public void A_time_says_something_where_each_target_was_scraped_as_often_as_it_is_to_be(
        int targets,
        double[] made,
        double failed,
        double wanted,
        string? lack
    ) => Assert.Equal(lack, new ScrapeCount(targets, made, failed, wanted).Lack);
}
