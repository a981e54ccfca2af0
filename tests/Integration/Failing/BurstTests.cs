using Verification.Stack;
using Verification.Stack.Readiness;

namespace Verification.Tests.Integration.Failing;

/// <summary>A broker that hangs in the middle of a burst.</summary>
public sealed class BurstTests(PlatformFixture platform) : Scenario(platform)
{
    private const int Clients = 16;

    /// <summary>Let go before a Dashboard gives up, when it may have begun to try again, and after it has answered.</summary>
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
        await Platform.PostManyAsync(Marker.Of(prefix, Clients), Clients, Cancellation);

        Task<IReadOnlyList<PostAnswer>> burst;
        await using (var fault = await InjectAsync(Faults.Freeze(broker)))
        {
            var since = Platform.History.Now;
            burst = Platform.PostManyAsync(Marker.Of(prefix, Clients, Clients), Clients, Cancellation);
            await Eventually.IsTrueAsync($"the broker has hung for {milliseconds} ms", hang * 3, _ => Task.FromResult(Platform.History.Now - since > hang.Ticks * 100), Cancellation);
            await fault.HealAsync(Cancellation);
        }

        await burst;
        await Platform.AwaitServiceAsync(Cancellation);
        var account = await Platform.Account.CloseAsync(prefix, Cancellation);

        Decide(Measurement.OfAccount("burst.lossless", account) with { Target = broker.Name, Fault = "freeze", Phase = $"{milliseconds} ms" });
    }
}
