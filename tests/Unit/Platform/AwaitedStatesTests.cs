using Verification.Platform;
using Xunit;

namespace Verification.Tests.Unit.Platform;

public sealed class AwaitedStatesTests
{
    [Fact]
    public void Who_is_at_fault_is_whoever_should_have_brought_the_state_about()
    {
        Assert.Equal(["prometheus"], AwaitedStates.SuspectsOf(AwaitedStates.Fires("MySQLDown")));
        Assert.Equal(["alertmanager", "prometheus"], AwaitedStates.SuspectsOf(AwaitedStates.Tells("pager", "MySQLDown")));
        Assert.Equal(["server"], AwaitedStates.SuspectsOf(AwaitedStates.Writes("server", "a buff")));
        Assert.Equal(["dashboard"], AwaitedStates.SuspectsOf(AwaitedStates.Writes("dashboard", "a buff")));
        Assert.Empty(AwaitedStates.SuspectsOf("something else"));
    }
}
