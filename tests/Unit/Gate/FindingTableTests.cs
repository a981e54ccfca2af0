using Verification.Gate.Doctor;
using Verification.Gate.Progress;
using Xunit;

namespace Verification.Tests.Unit.Gate;

public sealed class FindingTableTests
{
    [Fact]
    public void Each_finding_is_a_line_and_none_is_blank()
    {
        using var told = new StringWriter();

        FindingTable.Print(
            Consoles.Of(told, redirected: true),
            [new Finding("memory", true, true, "8 GB", "2 GB are needed."), new Finding("git", false, false, "not on PATH", "Install git.")]
        );

        var lines = told.ToString().TrimEnd('\n').Split('\n');
        Assert.Equal(3, lines.Length);
        Assert.All(lines, line => Assert.NotEqual("", line.Trim()));
        Assert.Contains("8 GB", lines[1]);
        Assert.DoesNotContain("2 GB are needed.", lines[1]);
        Assert.Contains("Install git.", lines[2]);
    }
}
