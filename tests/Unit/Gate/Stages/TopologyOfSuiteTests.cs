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

    [Fact]
    public void Each_topology_that_the_projects_own_profiles_name_is_there() =>
        Assert.All(
            GatesFile.Read(Path.Combine(Files.Root, "gates.yaml")).Profiles.Values.SelectMany(profile => profile.Suites),
            suite => Assert.Equal(suite.Topology, TopologyOfSuite.Of(suite).Name)
        );
}
