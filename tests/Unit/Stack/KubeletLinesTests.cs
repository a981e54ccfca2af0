using System.Buffers;
using System.Text;
using Verification.Stack.NodeLogs;
using Xunit;

namespace Verification.Tests.Unit.Stack;

public sealed class KubeletLinesTests
{
    private const string First = "2026-11-27T00:00:01.000000001Z";
    private const string Second = "2026-11-27T00:00:02.000000000Z";
    private readonly ArrayBufferWriter<byte> file = new();
    private readonly KubeletLines lines = new("stderr");

    private string File => Encoding.UTF8.GetString(file.WrittenSpan);

    [Fact]
    public void A_line_becomes_one_of_the_kubelet()
    {
        Take($"{First} some text\n{Second} \n");

        Assert.Equal($"{First} stderr F some text\n{Second} stderr F \n", File);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(4096)]
    public void It_does_not_matter_in_what_pieces_it_comes(int size)
    {
        var text = Encoding.UTF8.GetBytes($"{First} some text\n{Second} and müch more\n");
        foreach (var piece in text.Chunk(size))
            lines.Take(piece, file);

        Assert.Equal($"{First} stderr F some text\n{Second} stderr F and müch more\n", File);
    }

    [Fact]
    public void A_long_line_is_several_parts()
    {
        var part = new string('x', KubeletFile.LongestPart);
        Take($"{First} {part}{Second} the end\n");

        Assert.Equal($"{First} stderr P {part}\n{Second} stderr F the end\n", File);
    }

    [Fact]
    public void A_line_as_long_as_a_part_ends_with_an_empty_one()
    {
        var part = new string('x', KubeletFile.LongestPart);
        Take($"{First} {part}{Second} \n");

        Assert.Equal($"{First} stderr P {part}\n{Second} stderr F \n", File);
    }

    [Fact]
    public void What_was_written_before_is_not_written_again_and_what_was_cut_off_is()
    {
        Take($"{First} some text\n{Second} cut o");
        lines.Reopen();
        Take($"{First} some text\n{Second} cut off\n");

        Assert.Equal($"{First} stderr F some text\n{Second} stderr F cut off\n", File);
        Assert.Equal(Second, lines.LastTime);
    }

    private void Take(string text) => lines.Take(Encoding.UTF8.GetBytes(text), file);
}
