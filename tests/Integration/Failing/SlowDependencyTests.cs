using System.Diagnostics;
using Verification.Chaos.Faults;

namespace Verification.Tests.Integration.Failing;

public sealed class SlowDependencyTests(PlatformFixture platform) : Scenario(platform)
{
    // Longer than the slowest answer may take: one that waits for the end of it is seen to.
    private static readonly TimeSpan Held = TimeSpan.FromSeconds(11);

    [Theory]
    [InlineData("mysql")]
    [InlineData("redis")]
    [InlineData("activemq")]
    [Objective("slow.truthful", OfAnswers = true)]
    [Objective("slow.lossless")]
    [Objective("slow.bounded")]
    public async Task A_slow_dependency_makes_no_answer_wrong_endless_or_a_lie(string dependency)
    {
        var prefix = Marker.New("slow");
        var (listings, posts) = (0, 0);
        var slowest = TimeSpan.Zero;
        // Where listings are cached, none would reach MySQL.
        await Platform.Cache.ClearAsync();
        var began = Platform.History.Now;
        var slow = FaultOf(dependency);

        await using (await InjectAsync(slow))
        {
            var since = Stopwatch.StartNew();
            await Task.WhenAll(
                WhileHeldAsync(since, () => Platform.ListAsync(Cancellation), () => listings++),
                WhileHeldAsync(since, () => Platform.PostAsync($"{prefix} {posts}", Cancellation), () => posts++)
            );
        }

        Keep(
            TruthOf("slow.truthful", Seed.Count, began) with
            {
                Observations = listings,
                Target = dependency,
                Fault = slow.Name,
            },
            new Measurement("slow.bounded", slowest.TotalSeconds, listings + posts, Target: dependency) { Fault = slow.Name }
        );
        await AwaitBackAsync();
        var account = await Platform.Account.CloseAsync(prefix, Cancellation);

        // Where no POST can succeed none is acknowledged: then what is observed is that none is.
        Decide(Measurement.OfAccount("slow.lossless", account, posts) with { Target = dependency, Fault = slow.Name });

        async Task WhileHeldAsync(Stopwatch since, Func<Task> ask, Action asked)
        {
            while (since.Elapsed < Held)
            {
                var took = Stopwatch.StartNew();
                await ask();
                asked();
                if (took.Elapsed > slowest)
                    slowest = took.Elapsed;
                await Pace.StepAsync(Cancellation);
            }
        }
    }

    private IFault FaultOf(string dependency) =>
        dependency switch
        {
            "mysql" => Faults.LockTable(),
            "redis" => Faults.PauseRedis(Held),
            _ => Faults.Freeze(Stack.Description.Instances.Single(instance => instance.Name == dependency)),
        };
}
