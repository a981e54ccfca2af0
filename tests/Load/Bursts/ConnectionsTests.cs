using Verification.Stack;

namespace Verification.Tests.Load.Bursts;

public sealed class ConnectionsTests(PlatformFixture platform) : LoadTest(platform)
{
    private const int Users = 300;
    private static readonly TimeSpan Thinks = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(30);

    private static readonly LoadPromise[] Promised =
    [
        new SuccessPromise("load-connections.success"),
        new LatencyPromise("load-connections.latency", BuffScenarios.Lists, 95),
    ];

    /// <inheritdoc />
    protected override TimeSpan MostOfDeciding => TimeSpan.FromMinutes(3);

    /// <summary>From 100 buffs to 450: 10 a second are posted in 5 s and 30 s. 300 readers, each on a connection of his own, list every 5
    /// s; what is judged is what 20 a second beside them see.</summary>
    [Fact]
    [Objective("load-connections.success")]
    [Objective("load-connections.latency")]
    public async Task Three_hundred_readers_that_stay_connected_are_answered_and_nobody_waits_for_them()
    {
        await using var loaded = Load("connections");
        using var connections = new Connections(AttachedStack.Address(Stack.Serving(InstanceRole.Server)), Deadline);

        var measured = await RunAsync(
            loaded,
            "connections",
            Promised,
            buffs =>
                [
                    buffs.Post(Simulation.Inject(10, Second, Measured)),
                    buffs.List(Simulation.Inject(20, Second, Measured)),
                    BuffScenarios.Read(connections.New, Thinks, Simulation.KeepConstant(Users, Measured)),
                ]
        );

        Keep([.. measured.Of(Promised)]);
        await Platform.ResetAsync(Cancellation);
        Decide();
    }

    /// <summary>Connections that stay until all are closed.</summary>
    private sealed class Connections(Uri service, TimeSpan deadline) : IDisposable
    {
        private readonly List<HttpTransport> open = [];

        public HttpTransport New()
        {
            var connection = new HttpTransport(service, deadline);
            lock (open)
                open.Add(connection);
            return connection;
        }

        public void Dispose() => open.ForEach(connection => connection.Dispose());
    }
}
