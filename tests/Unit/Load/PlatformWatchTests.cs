using Verification.Load;
using Xunit;

namespace Verification.Tests.Unit.Load;

public sealed class PlatformWatchTests
{
    private static readonly DateTimeOffset Began = new(2026, 11, 27, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void What_was_seen_before_and_behind_the_load_is_left_out_and_who_was_not_looked_at_uses_what_he_did()
    {
        var seconds = PlatformWatch.Within(
            [At(-0.5, "server", 9), At(0.2, "server", 0.2), At(0.8, "server", 0.4), At(1.5, "mysql", 0.1), At(3.1, "server", 9)],
            Began,
            TimeSpan.FromSeconds(3)
        );

        Assert.Equal([0, 1, 2], seconds.Select(second => second.Second));
        Assert.Equal([0.3, 0.4, 0.4], seconds.Select(second => Math.Round(second.Instances.Values.Sum(use => use.Cores), 3)));
    }

    [Fact]
    public void Where_nobody_could_tell_there_is_nothing() => Assert.Empty(PlatformWatch.Within([], Began, TimeSpan.FromSeconds(3)));

    private static PlatformSample At(double second, string instance, double cores) =>
        new(Began + TimeSpan.FromSeconds(second), instance, cores, 1);
}
