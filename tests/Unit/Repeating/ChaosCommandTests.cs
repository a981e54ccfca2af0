using System.Text.RegularExpressions;
using Verification.Gate.Commands;
using Verification.Objectives;
using Verification.Stack;
using Verification.Tests.Unit.Gate;
using Xunit;

namespace Verification.Tests.Unit.Repeating;

public sealed partial class ChaosCommandTests
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

    [Theory]
    [InlineData("broker-kill", BrokerKind.Artemis, "chaos", "ha+netfilter+links")]
    [InlineData("broker-kill", BrokerKind.Classic, "chaos-classic", "pair")]
    [InlineData("broker-stop", BrokerKind.Classic, "chaos-classic", "pair")]
    [InlineData("broker-freeze", BrokerKind.Classic, "chaos-classic", "pair")]
    [InlineData("redis-kill", BrokerKind.Classic, "chaos", "ha+netfilter+links")]
    public void A_scenario_is_tried_as_nightly_runs_it_on_its_kind_of_broker(
        string scenario,
        BrokerKind broker,
        string entry,
        string topology
    )
    {
        var gates = GatesFile.Read(ProjectRoot.Find().Gates);

        var found = ChaosCommand.EntryOf(gates.Profiles["nightly"], ChaosCommand.Known(gates)[scenario], broker);

        Assert.Equal((entry, topology), (found.Name, found.Topology));
    }

    [Fact]
    public void A_profile_that_does_not_run_the_suite_has_none_to_try() =>
        Assert.Throws<UsageException>(() =>
            ChaosCommand.EntryOf(
                new Profile("p", TimeSpan.FromMinutes(1), [], new Dictionary<string, Requirement>(StringComparer.Ordinal)),
                [],
                BrokerKind.Artemis
            )
        );

    [Fact]
    public void Every_objective_of_the_suite_is_of_a_scenario_or_of_a_setting()
    {
        var known = ChaosCommand.Known(GatesFile.Read(ProjectRoot.Find().Gates)).Values.SelectMany(objectives => objectives).ToHashSet();
        var own = Directory
            .EnumerateFiles(Path.Combine(ProjectRoot.Find().Path, "tests", ChaosCommand.Suite), "*Tests.cs", SearchOption.AllDirectories)
            .SelectMany(file => Decided().Matches(File.ReadAllText(file)))
            .Select(match => match.Groups["id"].Value)
            .ToHashSet();

        Assert.NotEmpty(own);
        Assert.Subset(known, own.Where(id => !id.StartsWith("settings.", StringComparison.Ordinal)).ToHashSet());
    }

    [GeneratedRegex("""\[Objective\("(?<id>[a-z0-9.-]+)"\)\]""", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Decided();
}
