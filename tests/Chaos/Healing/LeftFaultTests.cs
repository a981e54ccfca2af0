namespace Verification.Tests.Chaos.Healing;

/// <summary>What is left in a stack when the suite is killed (SIGKILL) in the middle of a fault, and how the next start finds it.</summary>
public sealed class LeftFaultTests(PlatformFixture platform) : ChaosScenario(platform)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData("kill", "")]
    [InlineData("stop", "")]
    [InlineData("freeze", "")]
    [InlineData("cut", "netfilter")]
    [InlineData("replica-stop", "ha")]
    [InlineData("latency", "links")]
    [InlineData("black-hole", "links")]
    [InlineData("reset", "links")]
    [InlineData("latency", "redis-links")]
    [InlineData("black-hole", "redis-links")]
    [InlineData("reset", "redis-links")]
    public async Task A_fault_that_a_killed_suite_has_left_is_healed_at_the_next_start(string kind, string needs)
    {
        var (runs, dead) = await LeaveAsync(kind, needs);
        var fault = LeavableFaults.Of(Stack, kind);
        await Eventually.SeeAsync($"{kind} is still there", Patience, fault.EffectAsync, effect => effect is not null, Cancellation);

        var healed = await LeftFaults.HealAsync(Stack, runs.FullName, TimeProvider.System, Cancellation);

        Assert.Equal([(kind, fault.Target)], healed.Select(left => (left.Name, left.Target)));
        await Eventually.SeeAsync($"{kind} is gone", Patience, fault.EffectAsync, effect => effect is null, Cancellation);
        Assert.Empty(new FaultJournal(dead).Unhealed(Stack.Description.Run));
        runs.Delete(recursive: true);
    }

    [Theory]
    [InlineData("table-lock")]
    [InlineData("connections")]
    public async Task A_fault_that_a_session_of_the_suite_holds_ends_with_it(string kind)
    {
        Unavailable(
            Stack.Instances(InstanceRole.Mysql).Count() > 1 ? "these faults are aimed at the only MySQL server" : null,
            isAllowed: true
        );
        var (runs, _) = await LeaveAsync(kind, string.Empty);

        await Eventually.SeeAsync(
            $"{kind} is gone",
            Patience,
            LeavableFaults.Of(Stack, kind).EffectAsync,
            effect => effect is null,
            Cancellation
        );
        runs.Delete(recursive: true);
    }

    private async Task<(DirectoryInfo Runs, RunFolder Dead)> LeaveAsync(string kind, string needs)
    {
        Unavailable(
            Stack.Description.Topology.Split('+').Contains(needs) || needs.Length == 0
                ? null
                : $"it needs {needs}, and the stack has the topology {Stack.Description.Topology}",
            isAllowed: true
        );
        // Of a test that fails it stays with the run.
        var runs = Directory.CreateDirectory(Path.Combine(Suite.Folder.Path, $"left-{kind}"));
        var dead = new RunFolder(runs.CreateSubdirectory("20261127-000000-dead").FullName);
        var file = VerifyVariables.Value(VerifyVariables.Stack) ?? Suite.Folder.Of(Stack.Description.Stage!).Stack;
        await KilledSuite.LeaveAsync(file, dead, kind, Cancellation);
        return (runs, dead);
    }
}
