using System.Diagnostics;
using Verification.Chaos.Faults;
using Verification.Stack;
using Verification.Stack.Additions;
using Verification.Stack.Readiness;

namespace Verification.Tests.Integration.Failing;

public sealed class DiskFullTests(PlatformFixture platform) : Scenario(platform)
{
    private const int Before = 20;
    private const int Asked = 10;
    private const string Taken = "taken";
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    // Longer than any time-out on one statement: what waits for room must have given up in between.
    private static readonly TimeSpan Full = TimeSpan.FromSeconds(10);

    /// <inheritdoc />
    protected override TimeSpan MostOfDeciding => TimeSpan.FromMinutes(3);

    [Fact]
    [Objective("disk-full.lossless")]
    [Objective("disk-full.truthful", OfAnswers = true)]
    public async Task With_the_brokers_disk_full_no_POST_is_acknowledged_that_does_not_survive()
    {
        var additions = RequireAdditions();
        await using var volume = await additions.VolumeAsync(InstanceRole.Broker, "broker-disk", mebibytes: 128, Cancellation);
        await using var broker = await additions.StartAsync(
            new Addition(InstanceRole.Broker, "small-broker") { Volumes = Mounted(additions, InstanceRole.Broker, volume) },
            Cancellation
        );
        var there = new Dictionary<string, string>(StringComparer.Ordinal) { ["MQHOST"] = broker.Instance.Name };
        await using var dashboard = await additions.StartAsync(
            new Addition(InstanceRole.Dashboard, "dashboard-of-small-broker") { Environment = there },
            Cancellation
        );
        // Nothing takes messages out of the full broker, as long as it is full.
        var small = Platform.Through(broker: broker.Instance, dashboard: dashboard.Instance);
        var prefix = Marker.New("broker full");
        var answers = new List<PostAnswer>(await small.PostManyAsync(Marker.Of(prefix, Before), clients: 4, Cancellation));

        await using (await InjectAsync(new DiskFullFault(volume, broker.Instance.Name)))
        {
            // What the broker still has room for is taken; then come refusals, or lies.
            for (
                var since = Stopwatch.StartNew();
                since.Elapsed < Full && answers[^1].Outcome == Outcome.Ok;
                await Pace.StepAsync(Cancellation)
            )
                answers.Add(await small.PostAsync($"{prefix} {answers.Count}", Cancellation));
            answers.AddRange(await small.PostManyAsync(Marker.Of(prefix, Asked, answers.Count), clients: Asked, Cancellation));
        }

        await ComesBackAsync(broker.Instance, $"{prefix} after", small, answer => Task.FromResult(answer.Outcome == Outcome.Ok));

        await using var server = await additions.StartAsync(
            new Addition(InstanceRole.Server, "server-of-small-broker") { Environment = there },
            Cancellation
        );
        var whole = Platform.Through(broker: broker.Instance, dashboard: dashboard.Instance, server: server.Instance);
        var began = Platform.History.Now;
        await whole.ListAsync(Cancellation);
        Keep(TruthOf(Seed.Count, began, broker.Instance));
        var account = await whole.Account.CloseAsync(prefix, Cancellation);

        Decide(LossOf(account, broker.Instance));
    }

    [Fact]
    [Objective("disk-full.lossless")]
    [Objective("disk-full.truthful", OfAnswers = true)]
    public async Task With_MySQLs_disk_full_nothing_is_lost_and_no_list_is_empty()
    {
        var additions = RequireAdditions();
        // The queue is one, so the Server that stores elsewhere stands aside.
        await using var aside = await InjectAsync(Faults.Stop(Stack.Instance(InstanceRole.Server)));
        await using var volume = await additions.VolumeAsync(InstanceRole.Mysql, "mysql-disk", mebibytes: 384, Cancellation);
        await using var mysql = await additions.StartAsync(
            new Addition(InstanceRole.Mysql, "small-mysql") { Volumes = Mounted(additions, InstanceRole.Mysql, volume) },
            Cancellation
        );
        await using var server = await additions.StartAsync(
            new Addition(InstanceRole.Server, "server-of-small-mysql")
            {
                Environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["DBHOST"] = mysql.Instance.Name },
            },
            Cancellation
        );
        var small = Platform.Through(mysql: mysql.Instance, server: server.Instance);
        var prefix = Marker.New("mysql full");
        await small.PostManyAsync(Marker.Of(prefix, Before), clients: 4, Cancellation);
        await small.FenceAsync(Cancellation);

        var began = Platform.History.Now;
        await using (await InjectAsync(new DiskFullFault(volume, mysql.Instance.Name)))
        {
            await small.PostManyAsync(Marker.Of(prefix, Asked, Before), clients: 1, Cancellation);
            await small.Cache.ClearAsync();
            for (var since = Stopwatch.StartNew(); since.Elapsed < Full; await Pace.StepAsync(Cancellation))
                await small.ListAsync(Cancellation);
        }

        Keep(TruthOf(Before, began, mysql.Instance));
        await ComesBackAsync(
            mysql.Instance,
            $"{prefix} after",
            small,
            async answer => (await small.Table.RowsAsync(answer.Marker, Cancellation)).Count > 0
        );
        var account = await small.Account.CloseAsync(prefix, Cancellation);

        Decide(LossOf(account, mysql.Instance));
    }

    private static Dictionary<string, string> Mounted(StackAdditions additions, InstanceRole role, SmallVolume volume) =>
        new(StringComparer.Ordinal) { [additions.DataFolder(role)] = volume.Name };

    /// <summary>Waits until a component takes buffs again, now that there is room. What has died of its full disk is started, whenever that
    /// may be, as its orchestrator would.</summary>
    private async Task ComesBackAsync(
        StackInstance instance,
        string marker,
        PlatformUnderTest through,
        Func<PostAnswer, Task<bool>> isTaken
    )
    {
        PostAnswer? last = null;
        await Eventually.SeeAsync(
            $"{instance.Name} takes buffs again",
            Deadline,
            async _ =>
            {
                if (!(await Stack.Control.StateAsync(instance, Cancellation)).Running)
                    await Stack.Control.StartAsync(instance, Cancellation);
                // One buff is enough, once it is acknowledged.
                if (last is not { Outcome: Outcome.Ok })
                    last = await through.PostAsync(marker, Cancellation);
                return await isTaken(last) ? Taken : $"the last buff is not taken, its POST was answered {last}";
            },
            seen => seen == Taken,
            Cancellation
        );
    }

    private Measurement TruthOf(long atLeast, long since, StackInstance target) =>
        TruthOf("disk-full.truthful", atLeast, since) with
        {
            Target = target.Name,
            Fault = "disk-full",
        };

    private static Measurement LossOf(LedgerResult account, StackInstance target) =>
        Measurement.OfAccount("disk-full.lossless", account) with
        {
            Target = target.Name,
            Fault = "disk-full",
        };
}
