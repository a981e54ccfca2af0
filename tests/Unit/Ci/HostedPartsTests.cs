using Verification.Objectives;
using Verification.Stack;
using Verification.Stack.Images;
using Verification.Stack.Sessions;
using Verification.Tests.Unit.Objectives;
using Xunit;

namespace Verification.Tests.Unit.Ci;

/// <summary>What <c>nightly</c> needs beside images is had by the jobs, or <c>docs/ci.md</c> says that it is not.</summary>
public sealed class HostedPartsTests
{
    /// <summary>Of what a gate obeys, what names no part.</summary>
    private static readonly string[] Settings =
    [
        VerifyVariables.Root,
        VerifyVariables.Registry,
        VerifyVariables.RegistryTimeout,
        VerifyVariables.DebianMirror,
        VerifyVariables.Seed,
        VerifyVariables.Strict,
        VerifyVariables.Ci,
        VerifyVariables.SourceDateEpoch,
    ];

    /// <summary>The cells of the table: part, variable, whether it is had, what is UNKNOWN without it.</summary>
    private static readonly List<string[]> Rows =
    [
        .. File.ReadAllText(Path.Combine(Files.Root, "docs", "ci.md"))
            .Split("### What a hosted job lacks")[1]
            .Split('\n')
            .SkipWhile(line => !line.StartsWith("|---", StringComparison.Ordinal))
            .Skip(1)
            .TakeWhile(line => line.StartsWith('|'))
            .Select(line => line.Split('|')[1..^1].Select(cell => cell.Trim()).ToArray()),
    ];

    [Fact]
    public void Every_part_that_a_variable_names_has_a_row() =>
        Assert.All(
            VerifyVariables.Obeyed.Except(Settings),
            variable => Assert.Contains(Rows, row => row[1].Contains($"`{variable}`", StringComparison.Ordinal))
        );

    [Fact]
    public void A_row_says_whether_it_is_had() => Assert.All(Rows, row => Assert.Matches("^(yes|no): .+", row[2]));

    [Theory]
    [InlineData(VerifyVariables.Tools)]
    [InlineData(VerifyVariables.Definitions)]
    public void A_folder_that_a_job_gets_or_takes_is_handed_to_its_gate(string variable)
    {
        Assert.All(
            new[] { CiFiles.Action, CiFiles.Prepare },
            file => Assert.Contains($"{variable}=", File.ReadAllText(file), StringComparison.Ordinal)
        );
        Assert.Contains(variable, new GitlabFile(CiFiles.Read(CiFiles.Gitlab)).VariablesOf("nightly").Keys);
    }

    [Fact]
    public void A_program_that_neither_a_release_nor_a_registry_nor_Debian_has_is_named_as_not_had()
    {
        var required = GatesFile.Read(ProjectRoot.Find().Gates).Profiles["nightly"].Requirements.Keys;
        var needed = VersionList
            .Read(ProjectRoot.Find())
            .Tools.Where(tool =>
                tool.Value.Elsewhere is { } elsewhere
                && !elsewhere.Contains("registry", StringComparison.Ordinal)
                && !elsewhere.Contains("Debian", StringComparison.Ordinal)
                && tool.Value.NeededBy(required).Count > 0
            )
            .Select(tool => tool.Key);

        Assert.All(
            needed,
            name => Assert.Contains(Rows, row => row[0] == $"`{name}`" && row[2].StartsWith("no: ", StringComparison.Ordinal))
        );
    }
}
