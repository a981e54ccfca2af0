using Verification.Gate.Progress;
using Verification.Gate.Runs;
using Xunit;

namespace Verification.Tests.Unit.Gate;

public sealed class OutsideVariablesTests
{
    [Fact]
    public void What_is_obeyed_is_told_with_its_value_and_what_is_not_by_its_name()
    {
        using var told = new StringWriter();

        OutsideVariables.Tell(
            new ProgressLines(Consoles.Of(told, redirected: true), TimeProvider.System),
            [
                new("VERIFY_STACK", "/s.json"),
                new("VERIFY_SEED", "17"),
                new("HOME", "/root"),
                new("VERIFY_IMAGES", "server=x"),
                new("VERIFY_SIGNING_KEY", "/k.pem"),
            ]
        );

        Assert.Contains("obeys VERIFY_SEED=17", told.ToString());
        Assert.Contains("ignores VERIFY_IMAGES, VERIFY_STACK: options say what is asked for", told.ToString());
        Assert.DoesNotContain("HOME", told.ToString());
        // It is neither: it is obeyed, and is told by its fingerprint.
        Assert.DoesNotContain("/k.pem", told.ToString());
    }

    [Fact]
    public void Where_nothing_decides_nothing_is_told()
    {
        using var told = new StringWriter();

        OutsideVariables.Tell(new ProgressLines(Consoles.Of(told, redirected: true), TimeProvider.System), [new("PATH", "/bin")]);

        Assert.Empty(told.ToString());
    }
}
