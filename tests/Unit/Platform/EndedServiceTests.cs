using Microsoft.Extensions.Time.Testing;
using Verification.Platform;
using Verification.Stack;
using Verification.Tests.Unit.Chaos;
using Xunit;

namespace Verification.Tests.Unit.Platforms;

public sealed class EndedServiceTests : IAsyncDisposable
{
    private static readonly StackInstance Server = new(
        "server",
        InstanceRole.Server,
        "server",
        new Dictionary<string, string>(),
        string.Empty
    );
    private readonly RunningInstances control = new();
    private readonly FakeTimeProvider time = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => control.DisposeAsync();

    [Fact]
    public async Task A_service_that_has_ended_is_told_once_whoever_restarts_it_would_have_done_so()
    {
        var ended = new EndedService(control, Server, time);
        Assert.Null(await ended.SeeAsync(Cancellation));
        await control.KillAsync(Server, Cancellation);

        Assert.Null(await ended.SeeAsync(Cancellation));
        time.Advance(EndedService.Grace);

        Assert.Equal(
            "server has ended with exit code 137, and within a scenario nobody starts it again",
            await ended.SeeAsync(Cancellation)
        );
    }

    [Fact]
    public async Task One_that_has_been_started_again_meanwhile_has_not_ended()
    {
        var ended = new EndedService(control, Server, time);
        for (var times = 0; times < 2; times++)
        {
            await control.KillAsync(Server, Cancellation);
            Assert.Null(await ended.SeeAsync(Cancellation));
            await control.StartAsync(Server, Cancellation);
            time.Advance(EndedService.Grace);
            Assert.Null(await ended.SeeAsync(Cancellation));
        }
    }
}
