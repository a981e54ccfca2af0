using System.Globalization;
using System.Text;
using System.Text.Json;
using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Containers;
using Verification.Stack.Components.Artemis;
using Verification.Stack.Components.Logging;
using Verification.Stack.Components.Watching;

namespace Verification.Stack.Components.Prometheus;

/// <summary>Prometheus with the configuration of <c>config/prometheus/</c> and the rules of <c>config/alerts/</c> and
/// <c>config/slo/rules/</c>.</summary>
internal sealed class PrometheusComponent : WatchingComponent
{
    /// <summary>Its port inside.</summary>
    public const int ListensOn = 9090;

    private const string Folder = "/etc/prometheus";

    /// <summary>Rules of what only the JMX exporter tells: without it they would find that there is no broker.</summary>
    private const string RulesOfArtemis = "artemis.yaml";

    /// <summary>Rules of what stands around the platform on a cluster: in containers they would find that nothing tells of it.</summary>
    private const string RulesOfCluster = "cluster.yaml";

    /// <summary>Rules of what gathers the logs: where nothing does they would find that it is dead.</summary>
    private const string RulesOfLogging = "logging.yaml";

    /// <inheritdoc />
    public override Role Role => WatchingRole.Prometheus;

    private protected override int Port => ListensOn;

    private protected override string ReadyPath => "/-/ready";

    private protected override string ReadyState => $"{base.ReadyState}, and in quick motion has scraped everything once and has its rules";

    private protected override ContainerBuilder Configure(ContainerBuilder builder, Surroundings around)
    {
        builder = builder
            .WithCommand(
                $"--config.file={Folder}/prometheus.yml",
                "--storage.tsdb.path=/prometheus",
                "--web.enable-lifecycle",
                $"--query.lookback-delta={Milliseconds(around.Lapse.Of(PrometheusDefaults.Lookback))}",
                $"--rules.alert.resend-delay={Milliseconds(around.Lapse.Of(PrometheusDefaults.ResendDelay))}"
            )
            .WithResourceMapping(
                Hastened(around, Path.Combine(around.Root.Config, "prometheus", "prometheus.yml")),
                $"{Folder}/prometheus.yml"
            );
        if (around.Lapse == TimeLapse.None)
            builder = Rules(around).Aggregate(builder, (next, rules) => next.WithResourceMapping(rules.Content, rules.Place));
        return Targets(around)
            .Aggregate(
                builder,
                (next, job) => next.WithResourceMapping(Encoding.UTF8.GetBytes(job.Value), $"{Folder}/targets/{job.Key}.yaml")
            );
    }

    /// <summary>It begins to scrape 5 s after its start, whatever it is told. In production that is less than any rule waits; in quick
    /// motion it is more, and all that is not heard of
    /// would be paged. So it gets its rules when it has scraped everything once.</summary>
    private protected override async Task AskAsync(IContainer container, HttpClient http, Uri address, Surroundings around)
    {
        await base.AskAsync(container, http, address, around).ConfigureAwait(false);
        if (around.Lapse == TimeLapse.None)
            return;
        var (scraped, wanted) = (await ScrapedAsync(http, address).ConfigureAwait(false), ScrapeTargets.Count(Targets(around)));
        if (scraped < wanted)
            throw new HttpRequestException($"{scraped} of {wanted} targets were scraped");
        foreach (var (content, place) in Rules(around))
            await container.CopyAsync(content, place).ConfigureAwait(false);
        using var reloaded = await http.PostAsync(new Uri(address, "/-/reload"), content: null).ConfigureAwait(false);
        if (!reloaded.IsSuccessStatusCode)
            throw new HttpRequestException(
                $"it does not take its rules: {await reloaded.Content.ReadAsStringAsync().ConfigureAwait(false)}"
            );
    }

    private static async Task<int> ScrapedAsync(HttpClient http, Uri address)
    {
        using var document = JsonDocument.Parse(
            await http.GetStringAsync(new Uri(address, "/api/v1/targets?state=active")).ConfigureAwait(false)
        );
        // Not those of the files: itself.
        return document
            .RootElement.GetProperty("data")
            .GetProperty("activeTargets")
            .EnumerateArray()
            .Count(target =>
                target.GetProperty("health").GetString() != "unknown"
                && target.GetProperty("scrapePool").GetString() != WatchingRole.Prometheus.Name
            );
    }

    private static IReadOnlyDictionary<string, string> Targets(Surroundings around) => ScrapeTargets.Of(around, JmxExporter.IsIn(around));

    private static IEnumerable<(byte[] Content, string Place)> Rules(Surroundings around) =>
        from rules in new[] { (Folder: "alerts", Prefix: ""), (Folder: Path.Combine("slo", "rules"), Prefix: "slo-") }
        from file in Directory.EnumerateFiles(Path.Combine(around.Root.Config, rules.Folder), "*.yaml")
        let name = Path.GetFileName(file)
        where IsOfStack(name, around)
        select (Hastened(around, file), $"{Folder}/rules/{rules.Prefix}{name}");

    private static bool IsOfStack(string rules, Surroundings around) =>
        rules switch
        {
            RulesOfCluster => false,
            RulesOfArtemis => JmxExporter.IsIn(around),
            RulesOfLogging => around.InstancesOf(LoggingRole.Fluentd).Count > 0,
            _ => true,
        };

    private static byte[] Hastened(Surroundings around, string file) => Encoding.UTF8.GetBytes(around.Lapse.Of(File.ReadAllText(file)));

    private static string Milliseconds(TimeSpan duration) =>
        string.Create(CultureInfo.InvariantCulture, $"{duration.TotalMilliseconds:0}ms");
}
