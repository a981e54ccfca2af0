using Verification.Load;
using Xunit;
using Machine = System.Runtime.InteropServices.Architecture;
using RuntimeInformation = System.Runtime.InteropServices.RuntimeInformation;

namespace Verification.Tests.Unit.Load;

public sealed class ShortSliceTests
{
    [Fact]
    public void A_kernel_that_knows_slices_keeps_the_one_that_a_thread_asks_for_and_those_of_others()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Machine.X64, "Linux on x86-64");
        var (asked, before, kept) = (false, 0UL, 0UL);
        var thread = new Thread(() =>
        {
            before = ShortSlice.Kept();
            asked = ShortSlice.Ask();
            kept = ShortSlice.Kept();
        });
        var own = ShortSlice.Kept();
        thread.Start();
        thread.Join();

        Assert.True(asked);
        // Those before 6.12 keep none.
        Assert.True(before == 0 ? kept == 0 : kept == 100_000, $"{before} ns before, {kept} ns afterwards");
        Assert.Equal(own, ShortSlice.Kept());
    }
}
