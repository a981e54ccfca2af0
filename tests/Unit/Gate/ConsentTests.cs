using Verification.Gate.Commands;
using Verification.Gate.Runs;
using Xunit;

namespace Verification.Tests.Unit.Gate;

/// <summary>Nothing is written into a platform that others use unless somebody has agreed to it.</summary>
public sealed class ConsentTests : IDisposable
{
    private readonly StringWriter console = new();

    public void Dispose() => console.Dispose();

    [Theory]
    [InlineData("y")]
    [InlineData(" Yes ")]
    public void Who_agrees_is_told_what_is_written_before(string answer)
    {
        Consent.Require("staging/sportbuff", 600, console, new StringReader(answer));

        Assert.Equal(
            "at most 600 buffs are posted to staging/sportbuff, and taken out of its listing afterwards. Post them? [y/N] ",
            console.ToString()
        );
    }

    [Theory]
    [InlineData("n")]
    [InlineData("")]
    public void Whatever_is_no_yes_is_a_no(string answer) =>
        Assert.Throws<UsageException>(() => Consent.Require("staging/sportbuff", 600, console, new StringReader(answer)));

    [Fact]
    public void Where_nobody_can_be_asked_it_is_said_how_to_agree() =>
        Assert.Equal(
            "at most 600 buffs are posted to staging/sportbuff, and taken out of its listing afterwards: agree with --yes, or post nothing with --read-only.",
            Assert.Throws<UsageException>(() => Consent.Require("staging/sportbuff", 600, console, answers: null)).Message
        );
}
