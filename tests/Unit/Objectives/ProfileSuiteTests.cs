using Verification.Objectives;
using Xunit;

namespace Verification.Tests.Unit.Objectives;

/// <summary>A profile may run a suite more than once, each time on something else.</summary>
public sealed class ProfileSuiteTests
{
    private const string Text = """
        schema: 1
        objectives:
          kill.lossless: {promise: p, unit: buffs, comparison: at-most, limit: 0, minObservations: 1}
          kill.takeover: {promise: p, unit: s, comparison: at-most, limit: 5, minObservations: 1}
          stop.takeover: {promise: p, unit: s, comparison: at-most, limit: 5, minObservations: 1}
        profiles:
          pr:
            limit: 9 min
            suites:
              chaos: {budget: 1 min, topology: pair}
            required: [kill.lossless]
          nightly:
            limit: 20 min
            extends: pr
            suites:
              chaos: {budget: 5 min, topology: ha}
              deployment: {budget: 1 min, brokers: none}
              chaos-classic: {suite: chaos, budget: 2 min, brokers: classic, topology: pair, objectives: [kill.lossless]}
            required: [kill.takeover]
          release:
            limit: 30 min
            extends: nightly
            suites:
              chaos-classic: {budget: 3 min, brokers: classic, topology: pair}
            required: []
        waivers: []

        """;

    private static readonly string[] Known = ["chaos", "deployment"];

    [Fact]
    public void An_entry_beside_a_suite_says_which_it_is_and_what_it_is_asked_for()
    {
        var suites = Read(Text).Profiles["nightly"].Suites;

        Assert.Equal(
            [("chaos", "chaos", false), ("deployment", "deployment", false), ("chaos-classic", "chaos", true)],
            suites.Select(entry => (entry.Name, entry.Suite, entry.IsBeside))
        );
        Assert.Equal((TimeSpan.FromMinutes(2), SuiteBrokers.Classic, "pair"), (suites[2].Budget, suites[2].Brokers, suites[2].Topology));
        Assert.Equal(["kill.lossless"], suites[2].Objectives);
        Assert.Equal((true, false), (suites[2].IsAskedFor("kill.lossless"), suites[2].IsAskedFor("kill.takeover")));
        Assert.Null(suites[0].Objectives);
        Assert.True(suites[0].IsAskedFor("kill.takeover"));
    }

    [Fact]
    public void A_profile_that_extends_another_has_its_entries_and_an_entry_that_it_says_anew_stays_of_its_suite()
    {
        var gates = Read(Text);

        Assert.Equal(["chaos"], gates.Profiles["pr"].Suites.Select(entry => entry.Name));
        Assert.Equal(["chaos", "deployment", "chaos-classic"], gates.Profiles["release"].Suites.Select(entry => entry.Name));
        var anew = gates.Profiles["release"].Suites[2];
        Assert.Equal(("chaos", TimeSpan.FromMinutes(3), SuiteBrokers.Classic), (anew.Suite, anew.Budget, anew.Brokers));
        Assert.Null(anew.Objectives);
    }

    [Fact]
    public void Who_names_a_suite_alone_means_the_entry_of_its_own_name()
    {
        var nightly = Read(Text).Profiles["nightly"];
        var beside = nightly with { Suites = [nightly.Suites[2]] };

        Assert.Equal("ha", nightly.EntryOf("chaos")?.Topology);
        Assert.Equal("ha", (nightly with { Suites = [.. nightly.Suites.Reverse()] }).EntryOf("chaos")?.Topology);
        Assert.Equal("pair", beside.EntryOf("chaos")?.Topology);
        Assert.Null(nightly.EntryOf("chaos-classic"));
    }

    [Fact]
    public void Where_a_run_decides_some_objectives_only_an_entry_is_asked_for_those_that_it_has()
    {
        var suites = Read(Text).Profiles["nightly"].Suites;

        Assert.Equal(["kill.lossless"], suites[2].Within(["kill.takeover", "kill.lossless"]).Objectives);
        Assert.Empty(suites[2].Within(["kill.takeover"]).Objectives!);
        Assert.Same(suites[0], suites[0].Within(["kill.takeover"]));
    }

    [Fact]
    public void What_an_entry_is_asked_for_instead_the_suite_itself_is_not()
    {
        var gates = Read(With("objectives: [kill.lossless]}", "objectives: [kill.lossless], instead: true}"));
        var (nightly, release) = (gates.Profiles["nightly"].Suites, gates.Profiles["release"].Suites);

        Assert.Equal((false, true), (nightly[0].IsAskedFor("kill.lossless"), nightly[0].IsAskedFor("kill.takeover")));
        Assert.Equal((true, false), (nightly[2].IsAskedFor("kill.lossless"), nightly[2].IsAskedFor("kill.takeover")));
        // An entry that is said anew is beside the suite again.
        Assert.True(release[0].IsAskedFor("kill.lossless"));
    }

    [Fact]
    public void On_one_topology_a_suite_may_run_on_the_default_broker_and_on_Classic() =>
        Assert.Equal(3, Read(With("topology: pair, objectives", "topology: ha, objectives")).Profiles["nightly"].Suites.Count);

    [Theory]
    [InlineData("suite: chaos", "suite: chaso", "18:30: there is no suite 'chaso'; did you mean 'chaos'? Known: chaos, deployment.")]
    [InlineData(
        "suite: chaos",
        "suite: ../chaos",
        "18:30: 'profiles.nightly.suites.chaos-classic.suite' is '../chaos'; expected the name of a"
    )]
    [InlineData("deployment: {", "deploymint: {", "17:7: there is no suite 'deploymint'; did you mean 'deployment'?")]
    [InlineData("suite: chaos, ", "", "18:7: 'chaos-classic' is no suite's name; expected that of a folder of tests/")]
    [InlineData("chaos-classic: {suite", "chaos_classic: {suite", "18:7: 'chaos_classic' is no name of an entry; expected words in")]
    [InlineData(
        "brokers: classic, topology: pair, o",
        "brokers: clasic, topology: pair, o",
        "18:61: 'profiles.nightly.suites.chaos-classic.brokers' is 'clasic'; did you mean 'classic'? Allowed: default, every, artemis, classic, none."
    )]
    [InlineData(
        "[kill.lossless]}",
        "[kill.losless]}",
        "18:99: suite 'chaos-classic' is asked for 'kill.losless', which is no objective; did you mean 'kill.lossless'?"
    )]
    [InlineData(
        "[kill.lossless]}",
        "[stop.takeover]}",
        "18:99: suite 'chaos-classic' is asked for 'stop.takeover', and profile 'nightly' is not; list it in both, or in none."
    )]
    [InlineData("[kill.lossless]}", "[kill.lossless, kill.lossless]}", "18:114: suite 'chaos-classic' lists 'kill.lossless' twice.")]
    [InlineData("[kill.lossless]}", "[]}", "18:98: 'profiles.nightly.suites.chaos-classic.objectives' is a list; expected at least one")]
    [InlineData(
        "[kill.lossless]}",
        "kill.lossless}",
        "18:98: 'profiles.nightly.suites.chaos-classic.objectives' is 'kill.lossless'; expected"
    )]
    [InlineData(
        "objectives: [kill.lossless]}",
        "instead: true}",
        "18:95: suite 'chaos-classic' has nothing to be asked for in place of another entry; give it objectives and the suite that it is"
    )]
    [InlineData(
        "chaos: {budget: 5 min, topology: ha}",
        "chaos: {budget: 5 min, topology: ha, objectives: [kill.lossless], instead: true}",
        "16:82: suite 'chaos' has nothing to be asked for in place of another entry"
    )]
    [InlineData(
        "brokers: classic, topology: pair, o",
        "topology: ha, o",
        "18:7: 'chaos-classic' and 'chaos' would be one stage, chaos on the same broker and topology ha; give one of them another"
    )]
    [InlineData(
        "brokers: classic, topology: pair, o",
        "brokers: artemis, topology: ha, o",
        "18:7: 'chaos-classic' and 'chaos' would be one"
    )]
    [InlineData("brokers: classic, topology: pair, o", "brokers: every, topology: ha, o", "18:7: 'chaos-classic' and 'chaos' would be one")]
    [InlineData(
        "suite: chaos, budget: 2 min, brokers: classic, topology: pair, o",
        "suite: deployment, budget: 2 min, brokers: none, o",
        "18:7: 'chaos-classic' and 'deployment' would be one stage, deployment on no broker; "
    )]
    [InlineData("3 min, brokers: classic, topology: pair", "3 min, topology: ha", "24:7: 'chaos-classic' and 'chaos' would be one stage")]
    public void What_cannot_be_meant_is_an_error_at_its_place(string right, string wrong, string message)
    {
        using var folder = new OwnFolder();
        var path = folder.Holding("gates.yaml", With(right, wrong));

        var error = Assert.Throws<DocumentException>(() => GatesFile.Read(path, Known));

        Assert.StartsWith($"{path}:{message}", error.Message, StringComparison.Ordinal);
    }

    private static string With(string right, string wrong)
    {
        Assert.Contains(right, Text, StringComparison.Ordinal);
        return Text.Replace(right, wrong, StringComparison.Ordinal);
    }

    private static Gates Read(string text)
    {
        using var folder = new OwnFolder();
        return GatesFile.Read(folder.Holding("gates.yaml", text), Known);
    }
}
