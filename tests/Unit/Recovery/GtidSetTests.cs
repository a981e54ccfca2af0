using Verification.Recovery;
using Xunit;

namespace Verification.Tests.Unit.Recovery;

public sealed class GtidSetTests
{
    private const string A = "aaaaaaaa-0000-0000-0000-000000000001";
    private const string B = "bbbbbbbb-0000-0000-0000-000000000002";

    [Theory]
    [InlineData("", "")]
    [InlineData($"{A}:1", $"{A}:1")]
    [InlineData($"{A}:1-3:4-5", $"{A}:1-5")]
    [InlineData($"{B}:9:1-3, {A}:2", $"{A}:2,{B}:1-3:9")]
    public void A_set_is_written_in_one_way(string text, string written) => Assert.Equal(written, GtidSet.Parse(text).ToString());

    [Theory]
    [InlineData("a:1")]
    [InlineData(A)]
    [InlineData($"{A}:0")]
    [InlineData($"{A}:3-1")]
    [InlineData($"{A}:tag:1-3")]
    public void What_is_no_set_or_has_tags_is_refused_with_its_text(string text) =>
        Assert.Contains($"'{text}'", Assert.Throws<FormatException>(() => GtidSet.Parse(text)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData($"{A}:1-9", $"{A}:4-5", $"{A}:1-3:6-9")]
    [InlineData($"{A}:1-9", $"{A}:1-3:9", $"{A}:4-8")]
    [InlineData($"{A}:1-9", $"{B}:1-9", $"{A}:1-9")]
    [InlineData($"{A}:1-9,{B}:1", $"{A}:1-20", $"{B}:1")]
    [InlineData($"{A}:5-9", $"{A}:1-9223372036854775806", "")]
    public void Of_a_set_that_is_left_which_is_not_in_another(string set, string taken, string left) =>
        Assert.Equal(left, GtidSet.Parse(set).Without(GtidSet.Parse(taken)).ToString());

    [Fact]
    public void Two_sets_together_hold_what_either_holds() =>
        Assert.Equal($"{A}:1-7,{B}:1", GtidSet.Parse($"{A}:1-3:6").With(GtidSet.Parse($"{A}:4-5:7,{B}:1")).ToString());
}
