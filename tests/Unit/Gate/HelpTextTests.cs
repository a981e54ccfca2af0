using Verification.Gate.Commands;
using Xunit;

namespace Verification.Tests.Unit.Gate;

public sealed class HelpTextTests
{
    [Fact]
    public async Task The_overview_has_a_whole_sentence_of_each_command()
    {
        var commands = (await HelpAsync("--help")).Split('\n').Where(line => line.StartsWith("  ", StringComparison.Ordinal)).ToList();

        Assert.Contains("  publish  Push the images of a PASS to a registry, as they were verified: nothing is made anew.", commands);
        Assert.All(
            commands,
            line =>
            {
                Assert.Matches("^  [a-z]+ +[A-Z].*\\.$", line);
                Assert.InRange(line.Length, 1, 100);
            }
        );
    }

    [Fact]
    public async Task A_paragraph_is_as_wide_as_the_terminal_makes_it_and_examples_stay_lines()
    {
        var help = await HelpAsync("publish", "--help");

        Assert.Contains("and a bill of material (CycloneDX) are kept beside each image", help);
        Assert.Contains("\n    ./verify publish --registry registry.example/team\n", help);
    }

    [Fact]
    public async Task A_command_below_another_is_a_sentence_there_and_whole_in_its_own_help()
    {
        Assert.DoesNotContain("all is proven", await HelpAsync("drill", "--help"));
        Assert.Contains("Exit code 0 all is proven", await HelpAsync("drill", "latest", "--help"));
    }

    [Theory]
    [InlineData("--only <OBJECTIVE...>")]
    [InlineData("--previous <SERVICE=IMAGE...>")]
    [InlineData("--image <COMPONENT=IMAGE...>")]
    public async Task An_option_that_takes_several_says_so(string option) => Assert.Contains(option, await HelpAsync("gate", "--help"));

    /// <summary>The folder of <c>--output</c> has the verdict alone, and a verdict is judged again with its run.</summary>
    [Theory]
    [InlineData("admit")]
    [InlineData("judge")]
    [InlineData("report")]
    public async Task An_example_names_a_run_by_its_own_folder_and_not_by_that_of_its_reports(string command)
    {
        var examples = (await HelpAsync(command, "--help")).Split('\n').Where(line => line.Contains("./verify ", StringComparison.Ordinal));

        Assert.DoesNotContain(examples, line => line.Contains(" out/", StringComparison.Ordinal));
    }

    private static async Task<string> HelpAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        Assert.Equal(0, await new CommandLine(output, TextWriter.Null, TimeProvider.System).RunAsync(arguments));
        return output.ToString();
    }
}
