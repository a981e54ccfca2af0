using Verification.Cluster.Helmfiles;

namespace Verification.Tests.Deployment.Static;

public sealed class ReleaseOrderTests(SuiteFixture suite) : DeploymentTest(suite)
{
    [Fact]
    [Objective("deploy.order")]
    public void Each_release_comes_after_what_it_needs_and_the_judge_after_all_of_them()
    {
        var helmfile = HelmfileDocument.Read(InProject("helmfile.yaml"));

        Decide(
            Measurement.OfDeviations(
                "deploy.order",
                [.. ReleaseOrder.FaultsOf(helmfile), .. JudgeOrder.FaultsOf(helmfile)],
                helmfile.Releases.Sum(release => release.Needs.Count)
            )
        );
    }
}
