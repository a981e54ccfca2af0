using Verification.Stack.Components.Redis;
using Verification.Tests.Unit.Objectives;
using Xunit;

namespace Verification.Tests.Unit.Stack.Settings;

public sealed class RedisSettingsTests : IDisposable
{
    private readonly OwnFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Directives_are_read_with_all_their_arguments() =>
        Assert.Equal(
            [("save", ""), ("appendonly", "yes"), ("client-output-buffer-limit", "pubsub 32mb 8mb 60")],
            RedisSettings.Expected(File("# head\nsave \"\"\n\n  appendonly yes\nclient-output-buffer-limit pubsub 32mb 8mb 60\n"))
        );

    [Fact]
    public void A_node_that_works_as_written_has_no_deviation()
    {
        var comparison = RedisSettings.Compare(
            File("maxmemory 64mb\nmaxmemory-policy allkeys-lru\nsave \"\"\n"),
            "redis-node-0",
            new Dictionary<string, string>
            {
                ["maxmemory"] = "67108864",
                ["maxmemory-policy"] = "allkeys-lru",
                ["save"] = "",
                ["more"] = "1",
            }
        );

        Assert.Equal(3, comparison.Compared);
        Assert.Empty(comparison.Deviations);
    }

    [Fact]
    public void Each_directive_that_differs_or_is_not_told_is_named_with_its_node()
    {
        var comparison = RedisSettings.Compare(
            File("maxmemory 64mb\nappendonly yes\n"),
            "redis-node-3",
            new Dictionary<string, string> { ["maxmemory"] = "0" }
        );

        Assert.Equal(
            ["redis-node-3: maxmemory is 0, config/ says 67108864", "redis-node-3: appendonly is not told, config/ says yes"],
            comparison.Deviations.Select(deviation => deviation.ToString())
        );
    }

    private string File(string text) => folder.Holding("redis.conf", text);
}
