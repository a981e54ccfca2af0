using Verification.Tests.Unit.Objectives;
using Xunit;

namespace Verification.Tests.Unit.Ci;

/// <summary>The first things that the README gives are a gate by hand, and a job to copy.</summary>
public sealed class ReadmeJobTests
{
    private const int Longest = 15;
    private static readonly string Readme = File.ReadAllText(Path.Combine(Files.Root, "README.md"));

    [Fact]
    public void The_job_stands_right_behind_a_gate_by_hand_and_is_the_same_as_the_linted_file()
    {
        var job = Readme.IndexOf("```yaml", StringComparison.Ordinal);

        Assert.StartsWith($"```yaml\n{File.ReadAllText(CiFiles.CopiedJob)}```\n", Readme[job..]);
        Assert.DoesNotContain("\n## ", Readme[..job]);
        Assert.Equal(2, Readme[..job].Split("```").Length - 1);
        Assert.Contains("```\n./verify gate ", Readme[..job]);
    }

    [Fact]
    public void It_is_short_enough_to_copy() => Assert.InRange(File.ReadAllLines(CiFiles.CopiedJob).Length, 1, Longest);
}
