using Verification.Stack;
using Verification.Testing;
using Verification.Tests.Unit.Objectives;
using Xunit;

namespace Verification.Tests.Unit.Suites;

/// <summary>What can't be known of a platform that is not the run's own, before anything is done to it.</summary>
public sealed class WithheldNeedsTests
{
    private static readonly StackDescription Own = StackFile.Read(Files.Golden("stack.json")) with
    {
        Run = "staging/sportbuff",
        Capabilities = [StackDescription.DestructiveCapability, StackDescription.WatchedCapability],
    };
    private static readonly StackDescription Others = Own with { Capabilities = [StackDescription.WatchedCapability] };

    [Theory]
    [InlineData("destructive", "needs: destructive, and the stack staging/sportbuff may not be changed")]
    [InlineData("write", null)]
    [InlineData("watched", null)]
    [InlineData("", null)]
    public void Nothing_breaks_a_platform_of_others(string needs, string? why) =>
        Assert.Equal(why, WithheldNeeds.Of(Others, isReadOnly: false, needs.Split(',')));

    [Theory]
    [InlineData("destructive", "needs: destructive, and the stack staging/sportbuff may not be changed")]
    [InlineData("write", "needs: write, and the stack staging/sportbuff may not be posted to")]
    [InlineData("write,destructive,write", "needs: write, destructive, and the stack staging/sportbuff may not be posted to")]
    [InlineData("watched", null)]
    public void Who_only_reads_posts_nothing(string needs, string? why) =>
        Assert.Equal(why, WithheldNeeds.Of(Others, isReadOnly: true, needs.Split(',')));

    [Fact]
    public void Of_a_platform_of_its_own_a_run_withholds_nothing() =>
        Assert.Null(WithheldNeeds.Of(Own, isReadOnly: false, ["destructive", "write", "watched"]));
}
