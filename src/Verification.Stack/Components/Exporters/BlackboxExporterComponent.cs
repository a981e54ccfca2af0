using DotNet.Testcontainers.Builders;
using Verification.Stack.Components.Watching;

namespace Verification.Stack.Components.Exporters;

/// <summary>The exporter that asks the services from outside, as <c>config/blackbox-exporter/</c> says.</summary>
internal sealed class BlackboxExporterComponent : WatchingComponent
{
    /// <summary>Its port inside.</summary>
    public const int ListensOn = 9115;

    private const string ConfigurationFile = "/etc/blackbox_exporter/config.yml";

    /// <inheritdoc />
    public override Role Role => WatchingRole.BlackboxExporter;

    private protected override int Port => ListensOn;

    private protected override string ReadyPath => "/-/healthy";

    private protected override ContainerBuilder Configure(ContainerBuilder builder, Surroundings around) =>
        builder
            .WithCommand($"--config.file={ConfigurationFile}")
            .WithResourceMapping(File.ReadAllBytes(Path.Combine(around.Root.Config, "blackbox-exporter", "config.yml")), ConfigurationFile);
}
