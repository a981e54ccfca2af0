using Verification.Objectives;
using Xunit;

namespace Verification.Tests.Unit.Objectives;

public sealed class QuotationTests
{
    [Theory]
    [InlineData("plain words", "plain words")]
    [InlineData("\u001b[2J\u001b[31mred", "[2J [31mred")]
    [InlineData("two\r\nlines\tand\0more", "two lines and more")]
    [InlineData("\u202etxet", "txet")]
    [InlineData("Grüße 你好 👍", "Grüße 你好 👍")]
    [InlineData("  \n", "")]
    [InlineData(null, "")]
    public void Words_of_others_stand_on_one_line_without_control_characters(string? words, string shown) =>
        Assert.Equal(shown, Quotation.Of(words));

    [Fact]
    public void They_are_cut_and_never_within_a_character()
    {
        Assert.Equal("abcde…", Quotation.Of("abcdefgh", 5));
        Assert.Equal("abcd…", Quotation.Of("abcd👍fgh", 5));
        Assert.Equal(Quotation.Longest + 1, Quotation.Of(new string('x', 1_000_000)).Length);
    }

    [Fact]
    public void The_lines_of_a_log_stay_lines() => Assert.Equal("one\ntwo\nthree", Quotation.Lines("one\r\ntwo\u0007\nthree"));

    [Fact]
    public void Of_too_many_lines_the_first_and_the_last_are_kept()
    {
        var lines = Quotation.Lines(string.Join('\n', Enumerable.Range(1, 1_000_000))).Split('\n');

        Assert.Equal(61, lines.Length);
        Assert.Equal(["1", "20", "…", "1000000"], [lines[0], lines[19], lines[20], lines[^1]]);
    }
}
