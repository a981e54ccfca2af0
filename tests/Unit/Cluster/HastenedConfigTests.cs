using Verification.Cluster.Monitoring;
using Verification.Stack;
using Verification.Stack.Components.Watching;
using Verification.Tests.Unit.Objectives;
using Xunit;

namespace Verification.Tests.Unit.Cluster;

public sealed class HastenedConfigTests
{
    [Fact]
    public void What_has_durations_is_written_with_shorter_ones_and_dashboards_as_they_are()
    {
        using var folder = new OwnFolder();
        var root = new ProjectRoot(Files.Root);

        HastenedConfig.Write(root, folder.Path, TimeLapse.OfTests);

        Assert.Contains("for: 2s", File.ReadAllText(folder.In("alerts/services.yaml")), StringComparison.Ordinal);
        Assert.Contains("group_interval: 10s", File.ReadAllText(folder.In("alertmanager/alertmanager.yml")), StringComparison.Ordinal);
        Assert.Contains("scrape_interval: 1s", File.ReadAllText(folder.In("prometheus/prometheus.yml")), StringComparison.Ordinal);
        Assert.Equal(FilesIn(Path.Combine(root.Config, "slo", "rules")), FilesIn(folder.In("slo/rules")));
        Assert.All(
            FilesIn(Path.Combine(root.Config, "dashboards")),
            name =>
                Assert.Equal(
                    File.ReadAllText(Path.Combine(root.Config, "dashboards", name)),
                    File.ReadAllText(Path.Combine(folder.In("dashboards"), name))
                )
        );
    }

    private static IEnumerable<string> FilesIn(string folder) =>
        Directory.EnumerateFiles(folder).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal);
}
