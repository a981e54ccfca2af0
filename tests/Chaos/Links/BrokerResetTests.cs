namespace Verification.Tests.Chaos.Links;

public sealed class BrokerResetTests(PlatformFixture platform) : LinkScenario(platform)
{
    private const int Times = 5;

    // So many that in the time that a break lasts each Dashboard is to be told of some.
    private static readonly WorkloadRate Rate = new(Posts: 60, Gets: 10);
    private static readonly TimeSpan Broken = TimeSpan.FromMilliseconds(500);

    [Fact]
    [Objective("broker-reset.truthful")]
    [Objective("broker-reset.recovery")]
    [Objective("broker-reset.lossless")]
    public async Task A_buff_whose_confirmation_is_cut_off_is_not_acknowledged_and_not_sent_again()
    {
        var link = LinkTo(InstanceRole.Broker);
        await using var workload = StartWorkload("broker-reset", Rate);
        await workload.AwaitAcknowledgedAsync(60, Cancellation);

        var first = await BreakAsync(link, workload);
        AtEnd(Truthful);
        var last = first;
        for (var time = 1; time < Times; time++)
            last = await BreakAsync(link, workload);
        await workload.EndAsync();
        var account = await AccountOfAsync("broker-reset.lossless", workload);

        Decide(Truthful(), RecoveryOf("broker-reset.recovery", "post", last.Fault, last.GoesOn, Rate.BetweenPosts), account);

        Measurement Truthful() => UntoldOf("broker-reset.truthful", first.Fault);
    }

    /// <summary>Has all connections end, and no new one come about, for a moment; then POSTs are acknowledged again.</summary>
    private async Task<(InjectedFault Fault, long GoesOn)> BreakAsync(StackInstance link, SteadyWorkload workload)
    {
        await using var fault = await InjectAsync(Faults.Reset(link));
        await AwaitHeldAsync(fault, Broken);
        var goesOn = Now;
        await fault.HealAsync(Cancellation);
        await workload.AwaitAcknowledgedAsync(120, Cancellation);
        return (fault, goesOn);
    }

    /// <summary>Of the POSTs since a fault that were not acknowledged, those that were not told that nothing is known of their
    /// buff.</summary>
    private Measurement UntoldOf(string objective, InjectedFault fault)
    {
        var begin = BeginOf(fault);
        var cutOff = History
            .Where(line => line is { Kind: HistoryKind.Op, Name: "post", Complete: not null } && line.Invoke >= begin)
            .Where(line => line.Outcome != Outcome.Ok)
            .ToList();
        return Measurement.OfDeviations(
            objective,
            [.. cutOff.Where(line => line.Detail != "503").Select(line => $"{line.Marker}: {line.Detail}")],
            cutOff.Count
        ) with
        {
            Target = fault.Fault.Target,
            Fault = fault.Fault.Name,
        };
    }
}
