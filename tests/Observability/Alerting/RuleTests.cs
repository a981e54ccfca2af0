using System.Text;
using System.Text.RegularExpressions;
using Verification.Stack.Additions;
using Verification.Stack.Components.Artemis;
using Verification.Stack.Components.Watching;
using Verification.Stack.Readiness;

namespace Verification.Tests.Observability.Alerting;

public sealed partial class RuleTests(PlatformFixture platform) : WatchedScenario(platform)
{
    private const string Folder = "/config";
    private const string MetricsPath = "/metrics";

    /// <summary>The rules as they are written, with the durations of production: promtool goes through minutes in no time.</summary>
    [Fact]
    [Objective("alerts.tested")]
    public async Task Each_alert_fires_where_it_should_and_nowhere_else()
    {
        var config = Path.Combine(ProjectOfStack, "config");
        string[] tests = [.. In(config, "alerts/tests"), .. In(config, "slo/tests")];
        var files = In(config, "alerts")
            .Concat(In(config, "slo/rules"))
            .Concat(tests)
            .ToDictionary(file => $"{Folder}/{Path.GetRelativePath(config, file)}", File.ReadAllBytes, StringComparer.Ordinal);
        await using var promtool = await RequireAdditions()
            .StartAsync(new Addition(WatchingRole.Prometheus, "promtool") { Command = ["sleep", "infinity"], Files = files }, Cancellation);

        var result = await Stack.Control.ExecAsync(
            promtool.Instance,
            ["sh", "-c", $"promtool test rules {Folder}/*/tests/*.yaml"],
            Cancellation
        );

        // promtool names each test that fails, and tells on the lines after it what it expected and got.
        var told = $"{result.Output}\n{result.Error}".Trim();
        var failed = Failure().Matches(told).Select(match => match.Groups["test"].Value).ToList();
        if (result.ExitCode != 0 && failed.Count == 0)
            failed.Add($"promtool ended with {result.ExitCode}: {told}");
        Decide(Measurement.OfDeviations("alerts.tested", failed, tests.Sum(file => Test().Count(File.ReadAllText(file)))));
    }

    /// <summary>promtool refuses what Prometheus would not read, and what its conventions of names forbid.</summary>
    [Fact]
    [Objective("metrics.told")]
    public async Task What_a_run_tells_of_itself_is_metrics_as_Prometheus_wants_them()
    {
        var told = ToldRun.WithDrillOf(TimeProvider.System.GetUtcNow());
        var wrong = await RefusedAsync(new Dictionary<string, string>(StringComparer.Ordinal) { ["run"] = told });
        await Watch.PushAsync(told, Cancellation);
        await using var file = await LaidMetrics.LayAsync(Stack, told, Cancellation);

        var names = NamesIn(told);
        IReadOnlyList<string> unseen = [.. names.SelectMany(ByBothWays)];
        try
        {
            await Eventually.IsTrueAsync(
                "Prometheus has what was told, by both ways",
                TimeSpan.FromSeconds(15),
                async ct => (unseen = await UnseenAsync(names, ct)).Count == 0,
                Cancellation
            );
        }
        catch (StateNotSeenException)
        {
            // What it has not is counted.
        }

        Decide(
            Measurement.OfDeviations(
                "metrics.told",
                [.. wrong.Select(finding => $"{finding}"), .. unseen.Select(name => $"Prometheus has no {name}")],
                names.Count
            )
        );
    }

    /// <summary>Of the broker what its JMX exporter makes of its management. Services that do not promise metrics tell none.</summary>
    [Fact]
    [Objective("metrics.told")]
    public async Task What_services_and_broker_tell_of_themselves_is_metrics_as_Prometheus_wants_them()
    {
        RequireBrokerMetrics();
        var told = new Dictionary<string, string>(StringComparer.Ordinal);
        if (Sut.Extras.Contains("metrics.counted"))
        {
            told["dashboard"] = (await Platform.GetFromDashboardAsync(MetricsPath, Cancellation)).Body;
            told["server"] = (await Platform.GetFromServerAsync(MetricsPath, Cancellation)).Body;
        }

        if (Stack.Description.Broker == BrokerKind.Artemis)
            told["broker"] = await ToldByAsync(await Stack.PrimaryAsync(InstanceRole.Broker, Cancellation));
        if (told.Count == 0)
        {
            LeaveToOthers("metrics.told");
            return;
        }

        IReadOnlyList<Finding> wrong =
        [
            .. told.Where(each => NamesIn(each.Value).Count == 0).Select(each => new Finding(each.Key, "it tells no metrics")),
            .. await RefusedAsync(told),
        ];
        Decide(
            Measurement.OfDeviations(
                "metrics.told",
                [.. wrong.Select(finding => $"{finding}")],
                told.Values.Sum(metrics => NamesIn(metrics).Count)
            ) with
            {
                Suspects = [.. wrong.Select(finding => finding.Where).Distinct(StringComparer.Ordinal).Take(2)],
            }
        );
    }

    /// <summary>What promtool has against metrics.</summary>
    /// <param name="told">Metrics in Prometheus' text format, by the name of who tells them.</param>
    private async Task<IReadOnlyList<Finding>> RefusedAsync(IReadOnlyDictionary<string, string> told)
    {
        await using var promtool = await RequireAdditions()
            .StartAsync(
                new Addition(WatchingRole.Prometheus, "promtool")
                {
                    Command = ["sleep", "infinity"],
                    Files = told.ToDictionary(each => FileOf(each.Key), each => Encoding.UTF8.GetBytes(each.Value), StringComparer.Ordinal),
                },
                Cancellation
            );
        var refused = new List<Finding>();
        foreach (var name in told.Keys)
        {
            var result = await Stack.Control.ExecAsync(
                promtool.Instance,
                ["sh", "-c", $"promtool check metrics <{FileOf(name)}"],
                Cancellation
            );
            var said = $"{result.Output}\n{result.Error}".Split('\n', StringSplitOptions.RemoveEmptyEntries);
            refused.AddRange(said.Select(line => new Finding(name, line)));
            if (result.ExitCode != 0 && said.Length == 0)
                refused.Add(new Finding(name, $"promtool ended with {result.ExitCode}"));
        }

        return refused;

        static string FileOf(string name) => $"/{name}.prom";
    }

    /// <summary>What the JMX exporter inside a broker tells: only Prometheus has a way to it from outside.</summary>
    private async Task<string> ToldByAsync(StackInstance broker)
    {
        var script =
            $"exec 3<>/dev/tcp/127.0.0.1/{JmxExporter.Port}; printf 'GET {MetricsPath} HTTP/1.0\\r\\n\\r\\n' >&3; timeout 5 sed '1,/^\\r*$/d' <&3";
        return (await Stack.Control.ExecAsync(broker, ["bash", "-c", script], Cancellation)).Output;
    }

    private static List<string> NamesIn(string metrics) =>
        [.. metrics.Split('\n').Where(line => line.StartsWith("# TYPE ", StringComparison.Ordinal)).Select(line => line.Split(' ')[2])];

    private async Task<IReadOnlyList<string>> UnseenAsync(IEnumerable<string> names, CancellationToken cancellationToken)
    {
        var unseen = new List<string>();
        foreach (var series in names.SelectMany(ByBothWays))
        {
            if (await Watch.Prometheus.SeriesAsync(series, cancellationToken) == 0)
                unseen.Add(series);
        }

        return unseen;
    }

    /// <summary>What the Pushgateway has been told is of the job that it was told for, what was laid into a file of the node
    /// exporter.</summary>
    private static IEnumerable<string> ByBothWays(string name) => [$"{name}{{job=\"verification\"}}", $"{name}{{job=\"node\"}}"];

    private static string[] In(string config, string folder) => Directory.GetFiles(Path.Combine(config, folder), "*.yaml");

    private string ProjectOfStack => Stack.Description.Project;

    [GeneratedRegex(
        "^ *name: (?<test>.+),$",
        RegexOptions.Multiline | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Failure();

    [GeneratedRegex(
        "^  - name: ",
        RegexOptions.Multiline | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Test();
}
