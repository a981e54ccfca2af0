using System.Globalization;
using System.Text;
using DotNet.Testcontainers.Builders;
using Verification.Stack.Components.Artemis;
using Verification.Stack.Components.Watching;

namespace Verification.Stack.Components.Prometheus;

/// <summary>Prometheus with the configuration of <c>config/prometheus/</c> and the rules of <c>config/alerts/</c>.</summary>
internal sealed class PrometheusComponent : WatchingComponent
{
    /// <summary>Its port inside.</summary>
    public const int ListensOn = 9090;

    private const string Folder = "/etc/prometheus";

    /// <summary>Rules of what only the JMX exporter tells: without it they would find that there is no broker.</summary>
    private const string RulesOfArtemis = "artemis.yaml";

    // Its own defaults, which no file names: how long a sample stands for what comes after it, how often it says again that an alert fires, and how long it gathers
    // what is to be scraped before it begins.
    private static readonly TimeSpan Lookback = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan ResendDelay = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan DiscoveryDelay = TimeSpan.FromSeconds(5);

    /// <inheritdoc />
    public override Role Role => WatchingRole.Prometheus;

    private protected override int Port => ListensOn;

    private protected override string ReadyPath => "/-/ready";

    private protected override ContainerBuilder Configure(ContainerBuilder builder, Surroundings around)
    {
        var broker = JmxExporter.IsIn(around);
        builder = builder
            .WithCommand(
                $"--config.file={Folder}/prometheus.yml",
                "--storage.tsdb.path=/prometheus",
                $"--query.lookback-delta={Milliseconds(around.Lapse.Of(Lookback))}",
                $"--rules.alert.resend-delay={Milliseconds(around.Lapse.Of(ResendDelay))}",
                $"--scrape.discovery-reload-interval={Milliseconds(around.Lapse.Of(DiscoveryDelay))}")
            .WithResourceMapping(Hastened(around, Path.Combine(around.Root.Config, "prometheus", "prometheus.yml")), $"{Folder}/prometheus.yml");
        foreach (var rules in Directory.EnumerateFiles(Path.Combine(around.Root.Config, "alerts"), "*.yaml").Where(file => broker || Path.GetFileName(file) != RulesOfArtemis))
            builder = builder.WithResourceMapping(Hastened(around, rules), $"{Folder}/rules/{Path.GetFileName(rules)}");
        foreach (var (job, targets) in ScrapeTargets.Of(around, broker))
            builder = builder.WithResourceMapping(Encoding.UTF8.GetBytes(targets), $"{Folder}/targets/{job}.yaml");
        return builder;
    }

    private static byte[] Hastened(Surroundings around, string file) => Encoding.UTF8.GetBytes(around.Lapse.Of(File.ReadAllText(file)));

    private static string Milliseconds(TimeSpan duration) => string.Create(CultureInfo.InvariantCulture, $"{duration.TotalMilliseconds:0}ms");
}
