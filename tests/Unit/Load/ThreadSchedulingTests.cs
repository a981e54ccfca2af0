using Verification.Load;
using Xunit;
using Machine = System.Runtime.InteropServices.Architecture;
using RuntimeInformation = System.Runtime.InteropServices.RuntimeInformation;

namespace Verification.Tests.Unit.Load;

public sealed class ThreadSchedulingTests
{
    private const uint RoundRobin = 2;

    [Fact]
    public void A_kernel_that_knows_slices_keeps_the_one_that_a_thread_asks_for_and_those_of_others()
    {
        SkipUnlessKnown();
        var (asked, before, kept) = (false, 0UL, 0UL);
        var own = ThreadScheduling.Told();
        OnThreadOfItsOwn(() =>
        {
            before = ThreadScheduling.Told().Slice;
            asked = ThreadScheduling.AskForShortSlice();
            kept = ThreadScheduling.Told().Slice;
        });

        Assert.True(asked);
        // Those before 6.12 keep none.
        Assert.True(before == 0 ? kept == 0 : kept == 100_000, $"{before} ns before, {kept} ns afterwards");
        Assert.Equal(own, ThreadScheduling.Told());
    }

    [Fact]
    public void A_thread_that_may_go_first_does_and_none_that_it_starts()
    {
        SkipUnlessKnown();
        var (allowed, policy, ofChild) = (false, 0U, RoundRobin);
        OnThreadOfItsOwn(() =>
        {
            allowed = ThreadScheduling.AskForRealTime();
            policy = ThreadScheduling.Told().Policy;
            OnThreadOfItsOwn(() => ofChild = ThreadScheduling.Told().Policy);
        });

        Assert.Equal(allowed ? RoundRobin : 0, policy);
        Assert.Equal(0U, ofChild);
    }

    private static void SkipUnlessKnown() =>
        Assert.SkipUnless(OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Machine.X64, "Linux on x86-64");

    private static void OnThreadOfItsOwn(ThreadStart work)
    {
        var thread = new Thread(work);
        thread.Start();
        thread.Join();
    }
}
