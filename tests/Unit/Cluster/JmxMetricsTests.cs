using System.Text.RegularExpressions;
using Verification.Cluster.Manifests;
using Verification.Observability;
using Verification.Stack;
using Xunit;

namespace Verification.Tests.Unit.Cluster;

public sealed partial class JmxMetricsTests
{
    private static readonly ProjectRoot Root = ProjectRoot.Find();

    [Fact]
    public void A_name_stands_for_each_choice_that_its_pattern_leaves() =>
        Assert.Equal(
            ["a_one_total", "a_two_total", "b"],
            In(
                """
                rules:
                  - {pattern: '(?i)queue="([^"]*)"><>(one|two):', name: a_$2_total, labels: {queue: $1}}
                  - {pattern: 'broker<>up:', name: b}
                """
            )
        );

    /// <summary>What is asked for on a cluster is what the exporter there is configured to tell.</summary>
    [Fact]
    public void Rules_and_the_autoscaler_ask_for_what_the_exporter_of_the_broker_tells()
    {
        var told = In(File.ReadAllText(Path.Combine(Root.Config, "jmx-exporter", "artemis.yaml")));
        var asked = AlertFiles
            .Read(Root.Config)
            .Concat(AlertFiles.ReadBudgets(Root.Config))
            .Select(rule => rule.Expression)
            .Append(File.ReadAllText(Path.Combine(Root.Path, "environments", "releases", "server.yaml.gotmpl")))
            .SelectMany(text => OfBroker().Matches(text))
            .Select(match => match.Value)
            .Distinct(StringComparer.Ordinal);

        Assert.Empty(asked.Except(told));
    }

    private static IEnumerable<string> In(string configuration) =>
        JmxMetrics
            .In(
                new ManifestSet(
                    "local",
                    ManifestReader.Parse(
                        $"kind: ConfigMap\ndata:\n  config.yaml: |\n    {configuration.ReplaceLineEndings("\n    ")}\n",
                        "broker.yaml"
                    )
                )
            )
            .Order(StringComparer.Ordinal);

    [GeneratedRegex(@"\bartemis_\w+", RegexOptions.NonBacktracking)]
    private static partial Regex OfBroker();
}
