using Verification.Gate.Commands;
using Verification.Gate.Stages;
using Verification.Objectives;
using Verification.Stack.Topologies;
using Verification.Tests.Unit.Objectives;
using Xunit;

namespace Verification.Tests.Unit.Gate.Stages;

public sealed class TopologyOfSuiteTests
{
    [Fact]
    public void A_suite_runs_on_the_topology_that_its_profile_names() =>
        Assert.Same(KnownTopologies.OneOfEach, TopologyOfSuite.Of(new ProfileSuite("integration", TimeSpan.FromMinutes(1))));

    [Fact]
    public void A_topology_that_there_is_not_is_wrong_use_and_told_with_those_there_are()
    {
        var thrown = Assert.Throws<UsageException>(() =>
            TopologyOfSuite.Of(new ProfileSuite("chaos", TimeSpan.FromMinutes(1), Topology: "singel+monitoring"))
        );

        Assert.StartsWith(
            "suite chaos: topology singel+monitoring: there is no topology 'singel'; did you mean 'single'? Known: single",
            thrown.Message,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("ha+redis-links")]
    [InlineData("single+netfilter+links")]
    public void What_is_added_may_have_a_name_of_several_words(string topology)
    {
        using var folder = new OwnFolder();
        var gates = folder.Holding(
            "gates.yaml",
            File.ReadAllText(Files.Golden("gates.yaml")).Replace("ha+monitoring", topology, StringComparison.Ordinal)
        );

        Assert.Equal(
            topology,
            TopologyOfSuite.Of(GatesFile.Read(gates).Profiles["nightly"].Suites.Single(suite => suite.Name == "chaos")).Name
        );
    }

    [Fact]
    public void Each_topology_that_the_projects_own_profiles_name_is_there() =>
        Assert.All(
            GatesFile.Read(Path.Combine(Files.Root, "gates.yaml")).Profiles.Values.SelectMany(profile => profile.Suites),
            suite => Assert.Equal(suite.Topology, TopologyOfSuite.Of(suite).Name)
        );
}
