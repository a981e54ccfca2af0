using System.Diagnostics;
using Verification.Chaos.Faults;
using Verification.Stack;

namespace Verification.Tests.Integration.Failing;

public sealed class ExhaustionTests(PlatformFixture platform) : Scenario(platform)
{
    private const int Idle = 400;
    private const int Asked = 10;

    // A service that asks nothing for some seconds after each few failures comes to them all.
    private static readonly TimeSpan Failing = TimeSpan.FromSeconds(60);

    [Fact]
    [Objective("exhaustion.truthful", OfAnswers = true)]
    [Objective("exhaustion.lossless")]
    public Task With_all_connections_of_MySQL_taken_nothing_is_lost_and_no_list_is_empty() => MeasureAsync(Faults.TakeConnections());

    [Theory]
    [InlineData(InstanceRole.Dashboard)]
    [InlineData(InstanceRole.Server)]
    [Objective("exhaustion.truthful", OfAnswers = true)]
    [Objective("exhaustion.lossless")]
    public Task With_many_idle_connections_to_a_service_nothing_is_lost_and_no_list_is_empty(InstanceRole role) =>
        MeasureAsync(new IdleClientsFault(Stack.Instance(role), Idle));

    [Fact]
    [Objective("exhaustion.statements")]
    public async Task A_hundred_failed_statements_take_no_connection_away()
    {
        const int Failures = 100;
        var mysql = Stack.Instance(InstanceRole.Mysql);
        await Platform.ListAfreshAsync(Cancellation);
        var before = await Platform.Table.ConnectionsAsync(Cancellation);
        var locked = Faults.LockTable();
        var failed = 0;
        await using (await InjectAsync(locked))
        {
            await Platform.Cache.ClearAsync();
            for (var since = Stopwatch.StartNew(); failed < Failures && since.Elapsed < Failing; )
            {
                var asked = 0;
                var listing = Platform.ListAsync(Cancellation);
                while (!listing.IsCompleted)
                    asked += await locked.FailQueriesAsync(Cancellation);
                if (await listing is { Status: not 200 } && asked > 0)
                    failed++;
                // One that asks nothing has no connection left to ask over, or its service lets MySQL alone for a while.
                else if (await Platform.Table.ConnectionsAsync(Cancellation) > before)
                    break;
                else
                    await Pace.StepAsync(Cancellation);
            }
        }

        var after = await Platform.Table.ConnectionsAsync(Cancellation);
        Keep(
            new Measurement(
                "exhaustion.statements",
                Math.Max(0, after - before),
                failed,
                after > before
                    ? $"before {failed} listings whose statement failed MySQL had {before} connections of the services, afterwards {after}"
                    : null
            )
            {
                Target = mysql.Name,
                Fault = "failed-statement",
            }
        );
        await AwaitBackAsync();
        Decide();
    }

    private async Task MeasureAsync(IFault exhaustion)
    {
        var prefix = Marker.New(exhaustion.Name);
        var began = Platform.History.Now;
        await using (await InjectAsync(exhaustion))
        {
            await Platform.Cache.ClearAsync();
            await Task.WhenAll(ListAsync(), PostAsync(prefix));
        }

        Keep(TruthOf("exhaustion.truthful", Seed.Count, began) with { Target = exhaustion.Target, Fault = exhaustion.Name });
        await AwaitBackAsync();
        var account = await Platform.Account.CloseAsync(prefix, Cancellation);

        Decide(Measurement.OfAccount("exhaustion.lossless", account) with { Target = exhaustion.Target, Fault = exhaustion.Name });
    }

    private async Task ListAsync()
    {
        for (var count = 0; count < Asked; count++)
            await Platform.ListAsync(Cancellation);
    }

    private Task PostAsync(string prefix) => Platform.PostManyAsync(Marker.Of(prefix, Asked), clients: 1, Cancellation);
}
