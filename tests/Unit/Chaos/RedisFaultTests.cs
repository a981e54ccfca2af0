using Verification.Chaos.Faults;
using Verification.Stack;
using Verification.Tests.Unit.Objectives;
using Xunit;

namespace Verification.Tests.Unit.Chaos;

/// <summary>What is done to a node of Redis by its own settings.</summary>
public sealed class RedisFaultTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_replica_that_is_detached_follows_nobody_until_it_has_its_password_again()
    {
        using var folder = new OwnFolder();
        var asked = new List<string>();
        var isDetached = false;
        var control = new RunningInstances
        {
            Answer = (_, command) =>
            {
                asked.Add(command);
                if (command.Contains(" SET ", StringComparison.Ordinal))
                    isDetached = command.Contains("KILL TYPE master", StringComparison.Ordinal);
                return $"role:slave\r\nmaster_link_status:{(isDetached ? "down" : "up")}\r\n";
            },
        };
        await using var stack = await AttachAsync(folder, control);
        var fault = new FaultCatalogue(stack).Detach(stack.Instance(InstanceRole.Redis));
        Assert.Null(await fault.EffectAsync(Cancellation));

        await fault.ApplyAsync(Cancellation);
        Assert.Equal("redis-node-1 follows nobody", await fault.EffectAsync(Cancellation));

        await fault.HealAsync(Cancellation);
        Assert.EndsWith(
            "CONFIG SET masterauth \"$(sed -n 's/^masterauth //p' /usr/local/etc/redis/redis.conf)\"",
            asked[^1],
            StringComparison.Ordinal
        );
        Assert.Null(await fault.EffectAsync(Cancellation));
    }

    [Theory]
    [InlineData(950, 1000, "redis-node-1 uses 950 of 1000 bytes")]
    [InlineData(900, 1000, null)]
    [InlineData(900, 0, null)]
    public async Task A_node_is_near_its_limit_where_it_uses_more_than_nine_tenths_of_one(long used, long limit, string? effect)
    {
        using var folder = new OwnFolder();
        var control = new RunningInstances
        {
            Answer = (_, _) => $"# Memory\r\nused_memory:{used}\r\nused_memory_human:1K\r\nmaxmemory:{limit}\r\n",
        };
        await using var stack = await AttachAsync(folder, control);

        Assert.Equal(effect, await new FaultCatalogue(stack).LimitMemory(stack.Instance(InstanceRole.Redis)).EffectAsync(Cancellation));
    }

    private static Task<AttachedStack> AttachAsync(OwnFolder folder, RunningInstances control) =>
        DescribedStack.AttachAsync(
            folder,
            control,
            destructive: true,
            Cancellation,
            DescribedStack.Instance("redis-node-1", InstanceRole.Redis)
        );
}
