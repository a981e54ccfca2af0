using Verification.Observability;
using Verification.Stack;
using Xunit;

namespace Verification.Tests.Unit.Observability;

public sealed class ScalingQueryTests
{
    /// <summary>What scales the Server and what tells people of a backlog go by the same figure.</summary>
    [Fact]
    public void The_Server_is_scaled_by_what_the_alert_on_a_backlog_counts()
    {
        var query = Assert.Single(ScalingQuery.Of(ProjectRoot.Find().Path));
        var backlog = AlertFiles.Read(ProjectRoot.Find().Config).Single(rule => rule.Name == "Backlog");

        Assert.Equal("server", query.Release);
        Assert.Equal(backlog.Expression.Split(" > ")[0], query.Expression);
    }
}
