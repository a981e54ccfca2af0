using System.Diagnostics;
using Dapper;
using Verification.Stack;
using Verification.Stack.Readiness;

namespace Verification.Tests.Integration.Failing;

public sealed class SlowDependencyTests(PlatformFixture platform) : Scenario(platform)
{
    // Longer than the slowest answer may take: one that waits for the end of it is seen to.
    private static readonly TimeSpan Held = TimeSpan.FromSeconds(11);

    [Theory]
    [InlineData("mysql")]
    [InlineData("redis")]
    [InlineData("activemq")]
    [Objective("slow.truthful")]
    [Objective("slow.lossless")]
    [Objective("slow.bounded")]
    public async Task A_slow_dependency_makes_no_answer_wrong_endless_or_a_lie(string dependency)
    {
        var prefix = Platform.NewMarker("slow");
        var (lists, posts) = (new List<ListAnswer>(), new List<PostAnswer>());
        var slowest = TimeSpan.Zero;
        // Where listings are cached, none would reach MySQL.
        await Platform.ChillAsync();

        await using (await HoldAsync(dependency))
        {
            var since = Stopwatch.StartNew();
            await Task.WhenAll(
                WhileHeldAsync(since, async () => lists.Add(await Platform.ListAsync(Cancellation))),
                WhileHeldAsync(since, async () => posts.Add(await Platform.PostAsync($"{prefix} {posts.Count}", cancellationToken: Cancellation))));
        }

        await Platform.AwaitServiceAsync(Cancellation);
        var ledger = await Platform.AccountAsync(prefix, posts, Cancellation);

        var lies = lists.Where(answer => !answer.IsTruth(Platform.SeedCount)).ToList();
        Decide(
        [
            new("slow.truthful", lies.Count, lists.Count, string.Join(" | ", lies.Take(3)), Target: dependency),
            // Where no POST can succeed none is acknowledged: then what is observed is that none is.
            new("slow.lossless", ledger.Faults, posts.Count, ledger.Diagnosis, Target: dependency),
            new("slow.bounded", slowest.TotalSeconds, lists.Count + posts.Count, $"the slowest of {lists.Count} listings and {posts.Count} POSTs took {slowest.TotalSeconds:0.0} s", Target: dependency),
        ]);

        async Task WhileHeldAsync(Stopwatch since, Func<Task> ask)
        {
            while (since.Elapsed < Held)
            {
                var asked = Stopwatch.StartNew();
                await ask();
                if (asked.Elapsed > slowest)
                    slowest = asked.Elapsed;
                await Pace.StepAsync(Cancellation);
            }
        }
    }

    /// <summary>Makes a dependency slow until what is returned is disposed.</summary>
    private Task<IAsyncDisposable> HoldAsync(string dependency) => dependency switch
    {
        "mysql" => LockTableAsync(),
        "redis" => PauseClientsAsync(),
        _ => FreezeAsync(Stack.Description.Instances.Single(instance => instance.Name == dependency)),
    };

    private async Task<IAsyncDisposable> LockTableAsync()
    {
        var locker = await Stack.MySqlAsync(Cancellation);
        await locker.ExecuteAsync("LOCK TABLES buffs WRITE");
        // With its session the lock goes.
        return locker;
    }

    private async Task<IAsyncDisposable> PauseClientsAsync()
    {
        var redis = await Stack.RedisAsync();
        foreach (var node in redis.Multiplexer.GetServers())
            await node.ExecuteAsync("CLIENT", "PAUSE", (long)Held.TotalMilliseconds, "ALL");
        return new Release(() => Eventually.SucceedsAsync("Redis answers again", TimeSpan.FromSeconds(20), _ => Platform.ChillAsync(), CancellationToken.None));
    }

    private async Task<IAsyncDisposable> FreezeAsync(StackInstance instance)
    {
        await Stack.Control.PauseAsync(instance, Cancellation);
        return new Release(() => Stack.Control.UnpauseAsync(instance, CancellationToken.None));
    }

    private sealed class Release(Func<Task> release) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => new(release());
    }
}
