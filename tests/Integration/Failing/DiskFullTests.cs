using System.Diagnostics;
using Verification.Objectives;
using Verification.Stack;
using Verification.Stack.Additions;
using Verification.Stack.Readiness;

namespace Verification.Tests.Integration.Failing;

public sealed class DiskFullTests(PlatformFixture platform) : Scenario(platform)
{
    private const int Before = 20;
    private const int Asked = 10;
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    // Longer than any time-out on one statement: what waits for room must have given up in between.
    private static readonly TimeSpan Full = TimeSpan.FromSeconds(10);

    [Fact]
    [Objective("disk-full.lossless")]
    [Objective("disk-full.truthful")]
    public async Task With_the_brokers_disk_full_no_POST_is_acknowledged_that_does_not_survive()
    {
        await using var volume = await Additions.VolumeAsync(InstanceRole.Broker, "broker-disk", mebibytes: 128, Cancellation);
        await using var broker = await Additions.StartAsync(
            new Addition(InstanceRole.Broker, "small-broker") { Volumes = Mounted(InstanceRole.Broker, volume) },
            Cancellation);
        var there = new Dictionary<string, string>(StringComparer.Ordinal) { ["MQHOST"] = broker.Instance.Name };
        await using var dashboard = await Additions.StartAsync(new Addition(InstanceRole.Dashboard, "dashboard-of-small-broker") { Environment = there }, Cancellation);
        // Nothing takes messages out of the full broker, as long as it is full.
        var small = Platform.Through(broker: broker.Instance, dashboard: dashboard.Instance);
        var prefix = Platform.NewMarker("broker full");
        var answers = new List<PostAnswer>(await small.PostManyAsync(Named(prefix, 0, Before), clients: 4, Cancellation));

        await volume.FillAsync(Cancellation);
        // What the broker still has room for is taken; then come refusals, or lies.
        for (var since = Stopwatch.StartNew(); since.Elapsed < Full && answers[^1].Outcome == Outcome.Ok;)
            answers.Add(await small.PostAsync($"{prefix} {answers.Count}", cancellationToken: Cancellation));
        answers.AddRange(await small.PostManyAsync(Named(prefix, answers.Count, Asked), clients: Asked, Cancellation));
        await volume.FreeAsync(Cancellation);
        await ComesBackAsync(broker.Instance, $"{prefix} after", answers, small, answer => Task.FromResult(answer.Outcome == Outcome.Ok));

        await using var server = await Additions.StartAsync(new Addition(InstanceRole.Server, "server-of-small-broker") { Environment = there }, Cancellation);
        var whole = Platform.Through(broker: broker.Instance, dashboard: dashboard.Instance, server: server.Instance);
        var lists = new List<ListAnswer> { await whole.ListAsync(Cancellation) };
        var ledger = await whole.AccountAsync(prefix, answers, Cancellation);

        Decide(ledger, lists, Platform.SeedCount, "broker");
    }

    [Fact]
    [Objective("disk-full.lossless")]
    [Objective("disk-full.truthful")]
    public async Task With_MySQLs_disk_full_nothing_is_lost_and_no_list_is_empty()
    {
        // The queue is one, so the Server that stores elsewhere stands aside.
        await Stack.Control.StopAsync(Stack.Instance(InstanceRole.Server), StopPatience, Cancellation);
        await using var volume = await Additions.VolumeAsync(InstanceRole.Mysql, "mysql-disk", mebibytes: 384, Cancellation);
        await using var mysql = await Additions.StartAsync(
            new Addition(InstanceRole.Mysql, "small-mysql") { Volumes = Mounted(InstanceRole.Mysql, volume) },
            Cancellation);
        await using var server = await Additions.StartAsync(
            new Addition(InstanceRole.Server, "server-of-small-mysql") { Environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["DBHOST"] = mysql.Instance.Name } },
            Cancellation);
        var small = Platform.Through(mysql: mysql.Instance, server: server.Instance);
        var prefix = Platform.NewMarker("mysql full");
        var answers = new List<PostAnswer>(await small.PostManyAsync(Named(prefix, 0, Before), clients: 4, Cancellation));
        await small.FenceAsync(Cancellation);

        await volume.FillAsync(Cancellation);
        answers.AddRange(await small.PostManyAsync(Named(prefix, answers.Count, Asked), clients: 1, Cancellation));
        await small.ChillAsync();
        var lists = new List<ListAnswer>();
        for (var since = Stopwatch.StartNew(); since.Elapsed < Full; await Pace.StepAsync(Cancellation))
            lists.Add(await small.ListAsync(Cancellation));
        await volume.FreeAsync(Cancellation);
        await ComesBackAsync(mysql.Instance, $"{prefix} after", answers, small, async answer => (await small.RowsAsync(answer.Marker, Cancellation)).Count > 0);
        var ledger = await small.AccountAsync(prefix, answers, Cancellation);

        Decide(ledger, lists, Before, "mysql");
    }

    private Dictionary<string, string> Mounted(InstanceRole role, SmallVolume volume) => new(StringComparer.Ordinal) { [Additions.DataFolder(role)] = volume.Name };

    private static IReadOnlyList<string> Named(string prefix, int from, int count) => [.. Enumerable.Range(from, count).Select(index => $"{prefix} {index}")];

    /// <summary>Waits until a component takes buffs again, now that there is room. What has died of its full disk is started, whenever that may be, as its orchestrator would.</summary>
    private async Task ComesBackAsync(StackInstance instance, string marker, List<PostAnswer> answers, Platform driven, Func<PostAnswer, Task<bool>> isTaken) => await Eventually.IsTrueAsync(
        $"{instance.Name} takes buffs again",
        Deadline,
        async _ =>
        {
            if (!(await Stack.Control.StateAsync(instance, Cancellation)).Running)
                await Stack.Control.StartAsync(instance, Cancellation);
            // One buff is enough, once it is acknowledged.
            if (answers[^1].Marker != marker || answers[^1].Outcome != Outcome.Ok)
                answers.Add(await driven.PostAsync(marker, cancellationToken: Cancellation));
            return await isTaken(answers[^1]);
        },
        Cancellation);

    private void Decide(LedgerResult ledger, List<ListAnswer> lists, int atLeast, string target)
    {
        var lies = lists.Where(answer => !answer.IsTruth(atLeast)).ToList();
        Decide(
            new("disk-full.truthful", lies.Count, lists.Count, string.Join(" | ", lies.Take(3)), Target: target),
            new("disk-full.lossless", ledger.Faults, ledger.Acked, ledger.Diagnosis, Target: target));
    }
}
