using Verification.Cluster.Helmfiles;
using Xunit;

namespace Verification.Tests.Unit.Cluster;

public sealed class HelmfileOutputTests
{
    [Fact]
    public void Of_a_failed_release_what_helm_said_is_told_once() =>
        Assert.Equal(
            "Error: Deployment.apps \"server\" is invalid",
            HelmfileOutput.Refusal(
                "UPDATED RELEASES:\n",
                "in ./helmfile.yaml: failed\nSTDERR:\n  Error: Deployment.apps \"server\" is invalid\n\nCOMBINED OUTPUT:\n  Release \"server\" does not exist.\n  Error: Deployment.apps \"server\" is invalid\n"
            )
        );

    [Fact]
    public void Where_Helmfile_itself_has_failed_all_that_it_said_is_told() =>
        Assert.Equal(
            "in ./helmfile.yaml: environment \"x\" is not defined",
            HelmfileOutput.Refusal("", "in ./helmfile.yaml: environment \"x\" is not defined\n")
        );

    [Fact]
    public void Of_very_much_the_end_is_told() => Assert.Equal(4001, HelmfileOutput.Refusal("", new string('x', 5000)).Length);
}
