using Verification.Observability;
using Xunit;

namespace Verification.Tests.Unit.Observability;

public sealed class HostCpuTests
{
    private string? line = "cpu  100 50 50 700 100 0 0 0 9 9";
    private readonly HostCpu cpu;

    public HostCpuTests() => cpu = new HostCpu(() => line);

    [Theory]
    [InlineData("cpu  190 50 50 710 100 0 0 0 9 9", 0.9)]
    [InlineData("cpu  100 50 50 700 200 0 0 0 99 99", 0.0)]
    [InlineData("cpu  110 60 60 730 110 10 10 10 9 9", 0.6)]
    public void It_is_the_share_of_the_time_in_which_they_neither_idled_nor_waited_for_a_disk(string now, double share)
    {
        line = now;

        Assert.Equal(share, cpu.Share);
        Assert.Null(cpu.Excess);
    }

    [Fact]
    public void Above_the_bound_it_tells_what_to_do()
    {
        line = "cpu  195 50 50 705 100 0 0 0 9 9";

        Assert.Equal(
            "the processors of this machine were busy for 95 % of the time, more than 90 %: run it again when nothing else runs here",
            cpu.Excess
        );
    }

    [Fact]
    public void Where_nothing_tells_nothing_is_too_much()
    {
        line = null;

        Assert.Null(cpu.Share);
        Assert.Null(cpu.Excess);
    }

    [Fact]
    public void This_machine_tells()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "only Linux has /proc/stat");
        var here = new HostCpu();
        var since = Environment.TickCount64;
        while (here.Share is null && Environment.TickCount64 - since < 5_000)
        {
            // The counters have steps of 10 ms.
        }

        Assert.InRange(here.Share ?? -1, 0, 1);
    }
}
