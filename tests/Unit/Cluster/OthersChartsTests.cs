using Verification.Cluster.Helmfiles;
using Verification.Stack;
using Verification.Stack.Images;
using Xunit;

namespace Verification.Tests.Unit.Cluster;

/// <summary>What others chart is pinned, and everything that is pinned is deployed.</summary>
public sealed class OthersChartsTests
{
    private static readonly ProjectRoot Root = ProjectRoot.Find();

    [Fact]
    public void Each_release_of_anothers_chart_is_pinned_and_has_values()
    {
        var others = HelmfileDocument
            .Read(Path.Combine(Root.Path, "helmfile.yaml"))
            .Releases.Where(release => !release.Chart.StartsWith("./", StringComparison.Ordinal))
            .Select(release => release.Name)
            .Order(StringComparer.Ordinal)
            .ToList();
        var valued = Directory
            .EnumerateFiles(Path.Combine(Root.Path, "environments", "third-party"))
            .Select(file => Path.GetFileName(file).Replace(".yaml.gotmpl", "", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);

        Assert.Equal(VersionList.Read(Root).Charts.Keys.Order(StringComparer.Ordinal), others);
        Assert.Equal(others, valued);
    }
}
