using System.Globalization;
using Verification.Gate.Reporting;
using Verification.Objectives;
using Xunit;

namespace Verification.Tests.Unit.Gate;

public sealed class LogExcerptTests
{
    [Fact]
    public void The_services_come_before_what_they_stand_on()
    {
        using var folder = new TemporaryFolder();
        foreach (var instance in new[] { "activemq", "dashboard", "mysql", "server" })
            folder.File($"logs/{instance}.log", "2026-11-24T10:00:00.000000000Z a line\n");
        var run = new RunFolder(folder.Path);

        var excerpts = LogExcerpt.Around(
            run,
            DateTimeOffset.Parse("2026-11-24T10:00:01Z", CultureInfo.InvariantCulture),
            TimeSpan.Zero,
            Redaction.Of(run)
        );

        Assert.Equal(["dashboard", "server", "activemq", "mysql"], excerpts.Select(excerpt => excerpt.Instance));
    }

    [Fact]
    public void Of_what_was_awaited_in_vain_the_begin_of_the_wait_is_shown_first_and_its_end_as_far_as_there_is_room()
    {
        using var folder = new TemporaryFolder();
        var began = DateTimeOffset.Parse("2026-11-24T10:00:00Z", CultureInfo.InvariantCulture);
        string At(double seconds, string text) =>
            string.Create(CultureInfo.InvariantCulture, $"{began.AddSeconds(seconds):yyyy-MM-dd'T'HH:mm:ss.fff'Z'} {text}\n");
        folder.File("logs/server.log", At(-4, "long before") + At(-1, "the cause") + At(30, "still the same") + At(34, "long behind"));
        folder.File(
            "logs/dashboard.log",
            At(-1, "the cause") + string.Concat(Enumerable.Range(0, 60).Select(second => At(second / 2.0, "again")))
        );
        var run = new RunFolder(folder.Path);

        var excerpts = LogExcerpt.Around(run, began, TimeSpan.FromSeconds(30), Redaction.Of(run)).ToDictionary(excerpt => excerpt.Instance);

        Assert.Equal(["the cause", "still the same"], excerpts["server"].Lines.Select(line => line.Text));
        Assert.Equal(("the cause", 21), (excerpts["dashboard"].Lines[0].Text, excerpts["dashboard"].Omitted));
    }
}
