using Verification.Chaos.Faults;
using Verification.Stack.Components.Logging;

namespace Verification.Tests.Observability.Alerting;

/// <summary>Lines are no longer stored, which nobody feels who posts or lists.</summary>
public sealed class LogFaultTests(PlatformFixture platform) : FaultedScenario(platform)
{
    /// <summary>That it can't be scraped any more follows from it.</summary>
    [Fact]
    [Objective("alerts-logs.fire")]
    [Objective("alerts-logs.only")]
    [Objective("alerts-logs.resolve")]
    public async Task A_dead_Fluentd_is_one_ticket_and_no_page()
    {
        RequireLogging();
        await LogsStopAsync(Faults.Kill(Stack.Instance(LoggingRole.Fluentd)), follows: "TargetDown");
    }

    /// <summary>Fluentd lives, and tries again and again.</summary>
    [Fact]
    [Objective("alerts-logs.fire")]
    [Objective("alerts-logs.only")]
    [Objective("alerts-logs.resolve")]
    public async Task An_Elasticsearch_that_takes_nothing_is_one_ticket_and_no_page()
    {
        RequireLogging();
        using var log = CentralLog.Of(Stack);
        await LogsStopAsync(new FrozenElasticsearchFault(Faults.Freeze(Stack.Instance(LoggingRole.Elasticsearch)), log), follows: null);
    }

    private Task LogsStopAsync(IFault fault, string? follows) =>
        GoThroughAsync(
            new Promises("alerts-logs.fire", "alerts-logs.only", "alerts-logs.resolve"),
            [fault],
            must: "LogsStopped",
            follows: follows
        );

    private void RequireLogging() => Unmeasured(CentralLog.Missing(Stack));
}
