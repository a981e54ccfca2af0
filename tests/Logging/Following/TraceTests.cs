using Verification.Stack.Readiness;

namespace Verification.Tests.Logging.Following;

public sealed class TraceTests(PlatformFixture platform) : LoggedScenario(platform)
{
    private const int Buffs = 5;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    // From the POST to the row.
    private static readonly InstanceRole[] Way = [InstanceRole.Dashboard, InstanceRole.Server];

    /// <summary>What a service has written of a buff is what its container's log has; what is found is what Elasticsearch gives for the
    /// trace id alone.</summary>
    [Fact]
    [Objective("logs.followed")]
    public async Task A_buff_is_followed_from_its_POST_to_its_row_by_its_trace_id()
    {
        var slowest = TimeSpan.Zero;
        for (var number = 0; number < Buffs; number++)
        {
            var question = $"followed {NewWord()}";
            var trace = TraceContext.IdOf(question);
            Assert.Equal(200, (await Platform.PostAsync(question, Cancellation)).Status);
            var acknowledged = TimeProvider.System.GetTimestamp();
            foreach (var service in Way.Select(role => Stack.Instance(role)))
                await Eventually.IsTrueAsync(
                    AwaitedStates.Writes(service.Name, $"a buff with its trace id {trace}"),
                    Patience,
                    async ct => await WrittenAsync(service, trace, ct) > 0,
                    Cancellation
                );
            await Eventually.SeeAsync(
                "every line of the services with the trace id of a buff is found by it in Elasticsearch",
                Patience,
                async ct => await FoundAsync(trace, ct),
                found => found.All(service => service.Written > 0 && service.Found >= service.Written),
                Cancellation
            );
            var took = TimeProvider.System.GetElapsedTime(acknowledged);
            slowest = took > slowest ? took : slowest;
        }

        Decide(new Measurement("logs.followed", slowest.TotalSeconds, Buffs, Resolution: 0.05));
    }

    private async Task<Lines> FoundAsync(string trace, CancellationToken cancellationToken)
    {
        var stored = await Log.Elasticsearch.FindAsync(LogStream.Lines, "trace_id", trace, cancellationToken);
        var services = new Lines();
        foreach (var service in Way.Select(role => Stack.Instance(role)))
        {
            services.Add(
                new Counted(
                    service.Name,
                    await WrittenAsync(service, trace, cancellationToken),
                    stored.Count(line => line.Pod == service.Name)
                )
            );
        }

        return services;
    }

    private async Task<int> WrittenAsync(StackInstance service, string trace, CancellationToken cancellationToken)
    {
        var log = await Stack.Control.LogAsync(service, tail: null, cancellationToken);
        return log.Split('\n').Count(line => line.Contains(trace, StringComparison.Ordinal));
    }

    private sealed class Lines : List<Counted>
    {
        public override string ToString() => string.Join("; ", this);
    }

    private sealed record Counted(string Service, int Written, int Found)
    {
        public override string ToString() => $"{Service} wrote {Written}, {Found} were found";
    }
}
