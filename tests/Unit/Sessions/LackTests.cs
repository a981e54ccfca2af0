using Verification.Testing;
using Verification.Tests.Unit.Gate;
using Xunit;
using Xunit.Sdk;

namespace Verification.Tests.Unit.Sessions;

/// <summary>A test that lacks a part is skipped on somebody's own machine, and fails where skipping would hide it.</summary>
[Collection(nameof(WholeProcess))]
public sealed class LackTests
{
    [Theory]
    [InlineData("", "", false)]
    [InlineData("true", "", true)]
    [InlineData("false", "", false)]
    [InlineData("", "1", true)]
    [InlineData("true", "0", false)]
    public void A_strict_run_fails_what_others_skip(string given, string strict, bool fails)
    {
        using var first = new SetVariable("CI", given);
        using var second = new SetVariable("VERIFY_STRICT", strict);

        var ended = EndOf(() => Lack.Of("there is no engine"));

        Assert.Equal(fails, ended is FailException);
        Assert.Contains("UNKNOWN: there is no engine", ended.Message);
    }

    [Fact]
    public void What_is_asked_for_only_where_it_can_be_had_is_skipped_in_a_strict_run_too()
    {
        using var ci = new SetVariable("CI", "true");

        Assert.IsNotType<FailException>(EndOf(() => Lack.Of("no previous release was named", isAllowed: true)));
    }

    [Fact]
    public void What_a_variable_names_is_to_be_there()
    {
        using var ci = new SetVariable("CI", "");

        var ended = Assert.IsType<FailException>(EndOf(() => Lack.Of("there is no rclone-s3", namedBy: "VERIFY_TOOLS", isAllowed: true)));

        Assert.Equal("VERIFY_TOOLS is set, and yet UNKNOWN: there is no rclone-s3", ended.Message);
    }

    /// <summary>What a test is ended by; xunit's own would let a skip through.</summary>
    private static Exception EndOf(Action test)
    {
        try
        {
            test();
        }
        catch (Exception e)
        {
            return e;
        }

        throw new InvalidOperationException("the test goes on");
    }
}
