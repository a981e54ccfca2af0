using System.Globalization;
using System.Text.RegularExpressions;
using Verification.Gate.Runs;
using Verification.Load.Scenarios;
using Verification.Objectives;
using Xunit;

namespace Verification.Tests.Unit.Gate;

public sealed partial class PlannedLoadTests
{
    private static readonly Verification.Objectives.Gates Own = GatesFile.Read(Path.Combine(Objectives.Files.Root, "gates.yaml"));

    [Fact]
    public void As_its_scenario_says_each_load_has_enough_observations() => Assert.Empty(TooFew(duration: null, rate: null));

    [Fact]
    public void A_shorter_or_lighter_load_has_fewer_in_proportion()
    {
        Assert.Equal(
            ["load.get-latency has 667 observations at most and needs 900 (--duration 14s at this rate)"],
            TooFew(TimeSpan.FromSeconds(10), rate: null, "load.get-latency", "load.success").Select(each => $"{each}")
        );
        Assert.Equal(
            ["load.get-latency has 667 observations at most and needs 900 (--duration 21s at this rate)"],
            TooFew(TimeSpan.FromSeconds(15), rate: 80, "load.get-latency").Select(each => $"{each}")
        );
        Assert.Empty(TooFew(TimeSpan.FromSeconds(25), rate: 80, "load.get-latency"));
    }

    [Fact]
    public void The_warm_up_counts_where_it_is_accounted_for() =>
        // 20 a second for 30 s, and for the 5 s before.
        Assert.Equal(700, PlannedLoad.All.Single(load => load.Objective == "load-propagation.row").Most(TimeSpan.FromSeconds(30), null));

    [Theory]
    [InlineData("Mixes/LiveEventTests.cs", "load", 1)]
    [InlineData("Mixes/LongEventTests.cs", "load-event", 1)]
    [InlineData("Steady/WritesTests.cs", "load-writes", 1)]
    [InlineData("Steady/ReadsTests.cs", "load-reads", 1)]
    [InlineData("Bursts/SpikeTests.cs", "load-spike", 1)]
    [InlineData("Bursts/StressTests.cs", "load-stress", 2)]
    [InlineData("Propagating/PropagationTests.cs", "load-propagation", 1)]
    [InlineData("Bursts/ConnectionsTests.cs", "load-connections", 1)]
    public void The_figures_are_those_of_the_scenarios(string file, string scenario, int runs)
    {
        var source = File.ReadAllText(Path.Combine(Objectives.Files.Root, "tests", "Load", file));
        var seconds = Length()
            .Matches(source)
            .ToDictionary(match => match.Groups["name"].Value, match => Number(match.Groups["seconds"]), StringComparer.Ordinal);
        var operations = new Dictionary<string, (int Iterations, int Lasts, int Peak)>(StringComparer.Ordinal);
        var (operation, before) = ("", 0);
        foreach (Match each in Simulated().Matches(source))
        {
            if (each.Groups["operation"] is { Success: true, Value: var begun })
            {
                operation = begun;
                continue;
            }

            if (each.Groups["readers"] is { Success: true, Value: var during })
            {
                var crowd = each.Groups["crowd"].Value == nameof(EventReaders.Few) ? EventReaders.Few : EventReaders.Many;
                var questions = (int)(TimeSpan.FromSeconds(seconds[during]) / EventReaders.BetweenQuestions);
                operations[operation] = (questions * crowd.OfAQuestion, seconds[during], crowd.InBurst);
                continue;
            }

            var rate = Number(each.Groups["rate"]);
            var lasts = each.Groups["during"].Value.Split(" + ").Sum(name => seconds[name]);
            var known = operations.GetValueOrDefault(operation);
            operations[operation] = (
                known.Iterations + ((each.Groups["ramp"].Success ? rate + before : 2 * rate) * lasts / 2),
                known.Lasts + lasts,
                Math.Max(known.Peak, rate)
            );
            before = rate;
        }

        var planned = PlannedLoad.All.Where(load => load.Objective.Split('.')[0] == scenario).ToList();
        Assert.Equal(
            Own.Objectives.Keys.Where(id => id.Split('.')[0] == scenario)
                .Except(["load-connections.success", "load-reads.statements"])
                .Order(StringComparer.Ordinal),
            planned.Select(load => load.Objective).Order(StringComparer.Ordinal)
        );
        Assert.All(planned, load => Assert.Equal(operations.Values.First().Lasts / runs, load.Seconds));
        if (runs > 1)
            return;
        Assert.All(planned, load => Assert.Equal(operations.Values.Sum(each => each.Peak), load.Peak));
        Assert.All(
            planned,
            load =>
                Assert.Contains(
                    load.Observed,
                    operations.Values.Select(each => each.Iterations).Append(operations.Values.Sum(each => each.Iterations))
                )
        );
    }

    private static IReadOnlyList<TooFew> TooFew(TimeSpan? duration, int? rate, params string[] objectives) =>
        PlannedLoad.TooFewOf(
            Own,
            new GateOptions
            {
                Profile = "nightly",
                Gates = "gates.yaml",
                Sut = "sut.yaml",
                Only = objectives.Length > 0 ? objectives : [.. PlannedLoad.All.Select(load => load.Objective)],
                LoadDuration = duration,
                LoadRate = rate,
            }
        );

    private static int Number(Group digits) => int.Parse(digits.ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(
        @"TimeSpan (?<name>\w+) = TimeSpan\.FromSeconds\((?<seconds>\d+)\)",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Length();

    [GeneratedRegex(
        @"buffs\.(?<operation>Post|List)\(|EventReaders\.(?<crowd>\w+)\.During\((?<readers>\w+)\)|Simulation\.(?<ramp>Ramping)?Inject\((?<rate>\d+), Second, (?<during>\w+( \+ \w+)*)\)",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Simulated();
}
