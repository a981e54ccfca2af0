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

        var excerpts = LogExcerpt.Around(run, DateTimeOffset.Parse("2026-11-24T10:00:01Z", CultureInfo.InvariantCulture), Redaction.Of(run));

        Assert.Equal(["dashboard", "server", "activemq", "mysql"], excerpts.Select(excerpt => excerpt.Instance));
    }
}
