using System.Net;
using System.Net.Sockets;
using System.Text;
using NBomber.CSharp;
using NBomber.Running;
using Verification.Platform;
using Xunit;

namespace Verification.Tests.Unit.Load;

/// <summary>A server that answers nobody for a second, asked over the wire by the whole of the engine.</summary>
public sealed class StalledServerTests
{
    private const int BeforeItStalls = 50;
    private static readonly TimeSpan Stall = TimeSpan.FromSeconds(1);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_was_due_while_the_server_stalled_has_waited_for_it()
    {
        await using var server = new Stalling();
        using var http = new HttpTransport(server.Address, TimeSpan.FromSeconds(10));
        var asking = Scenario
            .Create(
                "ask",
                async _ =>
                    (await http.SendAsync(new HttpQuestion(HttpMethod.Get, "/"), CancellationToken.None)).Status == 200
                        ? Response.Ok()
                        : Response.Fail()
            )
            .WithoutWarmUp()
            .WithLoadSimulations(Simulation.Inject(rate: 50, interval: TimeSpan.FromSeconds(1), during: TimeSpan.FromSeconds(3)));

        var result = await NBomberRunner.RegisterScenarios(asking).WithoutReports().RunAsync(TimeProvider.System, Cancellation);

        // A third of all were due meanwhile, and waited up to a second. A client that asks again once it was answered would have one that
        // did.
        var ask = result.Load["ask"];
        Assert.Equal((150, 150), (ask.Planned, ask.Ok));
        Assert.InRange(ask.Response.P95, 600, 10_000);
        Assert.InRange(ask.Response.P99, 800, 10_000);
    }

    /// <summary>Answers each request with 200, but for a second none from a certain one on.</summary>
    private sealed class Stalling : IAsyncDisposable
    {
        private static readonly byte[] Answer = Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        private readonly TcpListener listener = new(IPAddress.Loopback, 0);
        private readonly TaskCompletionSource stalled = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly Task serving;
        private int asked;

        public Stalling()
        {
            listener.Start();
            Address = new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/");
            serving = AcceptAsync();
        }

        public Uri Address { get; }

        public async ValueTask DisposeAsync()
        {
            listener.Stop();
            await serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        private async Task AcceptAsync()
        {
            while (true)
                _ = ServeAsync(await listener.AcceptSocketAsync(Cancellation));
        }

        private async Task ServeAsync(Socket socket)
        {
            using var closing = socket;
            var received = new byte[4096];
            while (await socket.ReceiveAsync(received, Cancellation) > 0)
            {
                var number = Interlocked.Increment(ref asked);
                if (number == BeforeItStalls)
                    _ = Task.Delay(Stall, Cancellation).ContinueWith(_ => stalled.SetResult(), TaskScheduler.Default);
                if (number >= BeforeItStalls)
                    await stalled.Task;
                await socket.SendAsync(Answer, Cancellation);
            }
        }
    }
}
