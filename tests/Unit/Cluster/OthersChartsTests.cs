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

    /// <summary>Where a chart is made for another major version than runs on the throwaway cluster, the objectives that see it there are to
    /// be if-available in gates.yaml: they see another program.</summary>
    [Fact]
    public void Charts_made_for_another_version_are_told_and_none_of_them_differs_by_its_first_number()
    {
        var differences = VersionList.Read(Root).ChartDifferences;

        Assert.Contains(differences, difference => $"{difference}" == "envoy-gateway 1.9.0 (here 1.9.1)");
        Assert.DoesNotContain(differences, difference => difference.Release == "external-secrets");
        Assert.DoesNotContain(differences, difference => difference.IsMajor);
    }

    [Theory]
    [InlineData("1.9.0", "v1.9.1", false)]
    [InlineData("9.4.0", "9.7", false)]
    [InlineData("7.2.1", "v8.0", true)]
    public void A_difference_is_major_by_the_first_number(string program, string here, bool major) =>
        Assert.Equal(major, new ChartDifference("release", program, here).IsMajor);
}
