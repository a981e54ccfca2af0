using Verification.Stack;
using Verification.Stack.Readiness;

namespace Verification.Tests.Integration.Failing;

/// <summary>A broker or a MySQL that hangs or dies in the middle of a burst.</summary>
public sealed class BurstTests(PlatformFixture platform) : Scenario(platform)
{
    private const int Clients = 16;
    private const int LongBurst = 640;
    private const int Swing = 64;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>Let go before a Dashboard gives up, when it may have begun to try again, and after it has answered. When the broker stood
    /// still it had taken messages, and not confirmed them.</summary>
    [Theory]
    [InlineData(1000)]
    [InlineData(3300)]
    [InlineData(6000)]
    [Objective("burst.lossless")]
    public async Task A_broker_that_hangs_in_a_burst_and_goes_on_neither_loses_nor_doubles_a_buff(int milliseconds)
    {
        var hang = TimeSpan.FromMilliseconds(milliseconds);
        var broker = Stack.Instance(InstanceRole.Broker);
        var prefix = Marker.New("burst");
        var (burst, swinging) = BeginLongBurst(prefix);
        await swinging;

        await using (var fault = await InjectAsync(Faults.Freeze(broker)))
        {
            await AwaitTimeAsync("the broker has hung", hang);
            await fault.HealAsync(Cancellation);
        }

        await DecideAsync(burst, prefix, broker, "freeze", $"{milliseconds} ms");
    }

    [Fact]
    [Objective("burst.lossless")]
    public async Task A_broker_that_is_killed_in_a_burst_neither_loses_nor_doubles_a_buff()
    {
        var broker = Stack.Instance(InstanceRole.Broker);
        var prefix = Marker.New("burst");
        var (burst, swinging) = BeginLongBurst(prefix);
        await swinging;

        await using (var kill = await InjectAsync(Faults.Kill(broker)))
            await ReviveAsync(kill);

        await DecideAsync(burst, prefix, broker, "kill", "in a burst");
    }

    [Fact]
    [Objective("burst.lossless")]
    public async Task A_broker_that_hangs_in_a_burst_and_is_killed_then_neither_loses_nor_doubles_a_buff()
    {
        var broker = Stack.Instance(InstanceRole.Broker);
        var prefix = Marker.New("burst");
        var (burst, swinging) = BeginLongBurst(prefix);
        await swinging;

        await using (await InjectAsync(Faults.Freeze(broker)))
        {
            await AwaitTimeAsync("the broker has hung", TimeSpan.FromSeconds(1));
            await using var kill = await InjectAsync(Faults.Kill(broker));
            await ReviveAsync(kill);
        }

        await DecideAsync(burst, prefix, broker, "kill", "after a hang in a burst");
    }

    [Fact]
    [Objective("mysql-kill.lossless")]
    public async Task A_MySQL_that_is_killed_in_a_burst_neither_loses_nor_doubles_a_buff()
    {
        var mysql = Stack.Instance(InstanceRole.Mysql);
        await using var traffic = new BuffTraffic(Platform, Marker.New("burst"), Clients);
        await traffic.AwaitAcknowledgedAsync(Swing, Cancellation);
        await using (var kill = await InjectAsync(Faults.Kill(mysql)))
        {
            // What is taken meanwhile waits, and comes in large batches.
            await traffic.AwaitAcknowledgedAsync(Swing, Cancellation);
            await ReviveAsync(kill);
        }

        await traffic.AwaitAcknowledgedAsync(Swing, Cancellation);
        await traffic.EndAsync();
        var account = await Platform.Account.CloseAsync(traffic.Prefix, Cancellation);

        Decide(Measurement.OfAccount("mysql-kill.lossless", account) with { Target = mysql.Name, Fault = "kill" });
    }

    private async Task DecideAsync(Task burst, string prefix, StackInstance broker, string fault, string phase)
    {
        await burst;
        await Platform.AwaitServiceAsync(Cancellation);
        var account = await Platform.Account.CloseAsync(prefix, Cancellation);

        Decide(Measurement.OfAccount("burst.lossless", account) with { Target = broker.Name, Fault = fault, Phase = phase });
    }

    /// <summary>A burst that goes on for a while, and when it is in full swing.</summary>
    private (Task Burst, Task Swinging) BeginLongBurst(string prefix) =>
        (
            Platform.PostManyAsync(Marker.Of(prefix, LongBurst), Clients, Cancellation),
            Eventually.IsTrueAsync(
                $"{Swing} buffs are acknowledged",
                Patience,
                _ =>
                    Task.FromResult(
                        Platform.History.Lines.Count(line =>
                            line is { Name: "post", Outcome: Outcome.Ok, Marker: { } marker }
                            && marker.StartsWith(prefix, StringComparison.Ordinal)
                        ) >= Swing
                    ),
                Cancellation
            )
        );

    private Task AwaitTimeAsync(string what, TimeSpan time)
    {
        var since = Platform.History.Now;
        return Eventually.IsTrueAsync(
            $"{what} for {time.TotalSeconds:0.0} s",
            time * 3,
            _ => Task.FromResult(Platform.History.Now - since > time.Ticks * 100),
            Cancellation
        );
    }
}
