using Verification.Stack;
using Verification.Stack.Readiness;

namespace Verification.Tests.Integration.Failing;

public sealed class OutageTests(PlatformFixture platform) : Scenario(platform)
{
    private const int Listings = 12;

    // Longer than any time-out of a service, and than a handful of tries.
    private static readonly TimeSpan LongOutage = TimeSpan.FromSeconds(15);

    [Fact]
    [Objective("errors.never-empty", OfAnswers = true)]
    [Objective("health.answers", OfAnswers = true)]
    public async Task An_outage_of_MySQL_is_told_and_never_shown_as_an_empty_list()
    {
        List<string> lies =
        [
            .. await HealthAsync(Platform.GetFromDashboardAsync, "the Dashboard", ready: 200, "all is well"),
            .. await HealthAsync(Platform.GetFromServerAsync, "the Server", ready: 200, "all is well"),
        ];

        var mysql = Stack.Instance(InstanceRole.Mysql);
        await using var kill = await InjectAsync(Faults.Kill(mysql));
        await Platform.Cache.ClearAsync();
        var since = Platform.History.Now;
        for (var count = 0; count < Listings; count++)
            await Platform.ListAsync(Cancellation);
        lies.AddRange(await HealthAsync(Platform.GetFromServerAsync, "the Server", ready: 503, "MySQL is away"));
        Keep(
            Truth(since, "during") with
            {
                Target = mysql.Name,
                Fault = kill.Fault.Name,
            },
            Measurement.OfDeviations("health.answers", lies, 6)
        );

        // A list that was wrong in the outage is not served from the cache when it is over.
        var over = Platform.History.Now;
        await ReviveAsync(kill);
        for (var count = 0; count < Listings; count++)
            await Platform.ListAsync(Cancellation);

        Decide(Truth(over, "afterwards") with { Target = mysql.Name, Fault = kill.Fault.Name });
    }

    [Fact]
    [Objective("outage.lossless")]
    public async Task Buffs_that_are_posted_in_a_long_outage_of_MySQL_are_stored_when_it_is_over()
    {
        var mysql = Stack.Instance(InstanceRole.Mysql);
        await using var traffic = new BuffTraffic(Platform, Marker.New("outage"), clients: 2);
        await traffic.AwaitAcknowledgedAsync(20, Cancellation);
        await using var kill = await InjectAsync(Faults.Kill(mysql));
        var since = Platform.History.Now;
        await Eventually.IsTrueAsync(
            "the outage is a long one",
            LongOutage * 2,
            _ => Task.FromResult(Platform.History.Now - since > LongOutage.Ticks * 100),
            Cancellation
        );
        await ReviveAsync(kill);
        await traffic.AwaitAcknowledgedAsync(20, Cancellation);
        await traffic.EndAsync();
        var account = await Platform.Account.CloseAsync(traffic.Prefix, Cancellation);

        Decide(Measurement.OfAccount("outage.lossless", account) with { Target = mysql.Name, Fault = kill.Fault.Name });
    }

    private Measurement Truth(long since, string phase) => TruthOf("errors.never-empty", Seed.Count, since) with { Phase = phase };

    private static async Task<IReadOnlyList<string>> HealthAsync(
        Func<string, CancellationToken, Task<HttpAnswer>> get,
        string who,
        int ready,
        string when
    )
    {
        var lies = new List<string>();
        foreach (var (path, expected) in new[] { ("/healthz", 200), ("/readyz", ready) })
        {
            var answer = await get(path, Cancellation);
            if (answer.Status != expected)
                lies.Add($"{who} answered {path} with {answer.Status} while {when}, expected {expected}");
        }

        return lies;
    }
}
