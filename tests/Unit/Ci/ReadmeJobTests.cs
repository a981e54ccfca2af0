using Verification.Tests.Unit.Objectives;
using Xunit;

namespace Verification.Tests.Unit.Ci;

/// <summary>The first thing that the README gives is a job to copy.</summary>
public sealed class ReadmeJobTests
{
    private const int Longest = 15;
    private static readonly string Readme = File.ReadAllText(Path.Combine(Files.Root, "README.md"));

    [Fact]
    public void The_job_is_the_first_block_and_the_same_as_the_linted_file()
    {
        var block = Readme.IndexOf("```", StringComparison.Ordinal);

        Assert.StartsWith($"```yaml\n{File.ReadAllText(CiFiles.CopiedJob)}```\n", Readme[block..]);
        Assert.DoesNotContain("\n## ", Readme[..block]);
    }

    [Fact]
    public void It_is_short_enough_to_copy() => Assert.InRange(File.ReadAllLines(CiFiles.CopiedJob).Length, 1, Longest);
}
