using CliWrap;
using CliWrap.Buffered;
using Verification.Gate.Mutants;
using Verification.Stack;
using Verification.Tests.Unit.Objectives;
using Xunit;

namespace Verification.Tests.Unit.Mutants;

/// <summary>The defects of <c>mutants/</c> beside what they are seeded into.</summary>
public sealed class WrittenMutantsTests
{
    /// <summary>A patch that no longer fits is told here, and not after the hour in which the others were tried.</summary>
    [Fact]
    public async Task Every_patch_fits()
    {
        var unfit = new List<string>();
        foreach (
            var patch in MutantRun
                .Written(new ProjectRoot(Files.Root))
                .Select(candidate => Path.Combine(Files.Root, "mutants", candidate.Mutant.Name, candidate.Mutant.Patch ?? string.Empty))
                .Where(File.Exists)
        )
        {
            var checking = await Cli.Wrap("git")
                .WithArguments(["apply", "--check", patch])
                .WithWorkingDirectory(Files.Root)
                .WithValidation(CommandResultValidation.None)
                .ExecuteBufferedAsync(TestContext.Current.CancellationToken);
            if (checking.ExitCode != 0)
                unfit.Add($"{Path.GetRelativePath(Files.Root, patch)}: {checking.StandardError.Split('\n')[0]}");
        }

        Assert.Empty(unfit);
    }
}
