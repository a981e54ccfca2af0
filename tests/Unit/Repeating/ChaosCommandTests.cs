using Verification.Gate.Commands;
using Verification.Tests.Unit.Gate;
using Xunit;

namespace Verification.Tests.Unit.Repeating;

public sealed class ChaosCommandTests
{
    [Fact]
    public async Task A_stack_that_may_not_be_broken_is_refused_before_anything_is_done()
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        using var folder = new TemporaryFolder();
        var golden = await File.ReadAllTextAsync(Objectives.Files.Golden("stack.json"), TestContext.Current.CancellationToken);
        var stack = folder.File(
            "stack.json",
            golden
                .Replace("\"destructive\": true", "\"destructive\": false", StringComparison.Ordinal)
                .Replace("\"destructive\",", string.Empty, StringComparison.Ordinal)
        );

        Assert.Equal(2, await new CommandLine(output, errors, TimeProvider.System).RunAsync(["chaos", "--all", "--stack", stack]));

        Assert.Contains("the stack may not be changed (destructive: false), and a scenario breaks it.", errors.ToString());
        Assert.Empty(output.ToString());
    }

    [Fact]
    public async Task The_list_names_each_with_its_objectives()
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();

        Assert.Equal(0, await new CommandLine(output, errors, TimeProvider.System).RunAsync(["chaos", "--list"]));

        Assert.Contains(
            "broker-kill  broker-kill.takeover broker-kill.lossless broker-kill.listings broker-kill.one-active",
            output.ToString().Split('\n')
        );
    }
}
