using System.Collections.Concurrent;
using Verification.Stack.Readiness;

namespace Verification.Tests.Integration.Failing;

public sealed class RestartTests(PlatformFixture platform) : Scenario(platform)
{
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(15);

    [Theory]
    [InlineData("mysql")]
    [InlineData("redis-node-0")]
    [InlineData("activemq")]
    [InlineData("dashboard")]
    [InlineData("server")]
    [Objective("restart.lossless")]
    [Objective("restart.recovers")]
    public async Task A_restart_under_traffic_loses_nothing_and_heals(string name)
    {
        var target = Stack.Description.Instances.Single(instance => instance.Name == name);
        var prefix = Platform.NewMarker("restart");
        using var traffic = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var answers = new ConcurrentQueue<PostAnswer>();
        var clients = Enumerable.Range(0, 2).Select(client => PostUntilAsync(answers, prefix, client, traffic.Token)).ToList();

        TimeSpan recovery;
        try
        {
            await AwaitCountAsync(answers, 20);
            await Stack.Control.StopAsync(target, StopPatience, Cancellation);
            recovery = await Platform.ReviveAsync(target, Cancellation);
            await AwaitCountAsync(answers, answers.Count + 20);
        }
        finally
        {
            await traffic.CancelAsync();
            await Task.WhenAll(clients);
        }

        var ledger = await Platform.AccountAsync(prefix, [.. answers], Cancellation);

        Decide(
            new("restart.recovers", recovery.TotalSeconds, 1, $"both services answered {recovery.TotalSeconds:0.0} s after {name} was started again", 0.05, name),
            new("restart.lossless", ledger.Faults, ledger.Acked, ledger.Diagnosis, Target: name));
    }

    private static Task AwaitCountAsync(ConcurrentQueue<PostAnswer> answers, int count) =>
        Eventually.IsTrueAsync($"{count} POSTs answered", TimeSpan.FromSeconds(30), _ => Task.FromResult(answers.Count >= count), Cancellation);

    private async Task PostUntilAsync(ConcurrentQueue<PostAnswer> answers, string prefix, int client, CancellationToken end)
    {
        for (var index = 0; !end.IsCancellationRequested; index++)
        {
            // The last POST is let finish: a cancelled one would be one of unknown outcome.
            answers.Enqueue(await Platform.PostAsync($"{prefix} {client}-{index}", process: $"client-{client}", cancellationToken: Cancellation));
            await Pace.StepAsync(end);
        }
    }
}
