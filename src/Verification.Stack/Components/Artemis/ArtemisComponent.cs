using Verification.Stack.Certificates;
using Verification.Stack.Components.Brokers;
using Verification.Stack.Readiness;
using Verification.Stack.Settings;
using Verification.Stomp;

namespace Verification.Stack.Components.Artemis;

/// <summary>ActiveMQ Artemis.</summary>
internal sealed class ArtemisComponent : BrokerComponent
{
    /// <inheritdoc />
    public override BrokerKind Kind => BrokerKind.Artemis;

    /// <inheritdoc />
    public override ConfigFile BrokerFile { get; } = new("broker.xml", ConfigFormat.Xml);

    /// <inheritdoc />
    public override string CertificateFile => "broker.pem";

    /// <inheritdoc />
    public override string DataFolder => "/var/lib/artemis-instance/data";

    /// <inheritdoc />
    public override string KeptFolder => "/var/lib/artemis-instance";

    private protected override ActiveMqImage Image => ArtemisBuilder.Conventions;

    /// <inheritdoc />
    public override byte[] StoreOf(BrokerCertificate certificate) => certificate.Pem;

    /// <inheritdoc />
    public override async Task<SettingsComparison> CompareSettingsAsync(
        AttachedStack stack,
        string config,
        CancellationToken cancellationToken
    )
    {
        var broker = await stack.PrimaryAsync(Role, cancellationToken).ConfigureAwait(false);
        var management = await ArtemisManagement.OpenAsync(stack.BrokerOptions(broker), cancellationToken).ConfigureAwait(false);
        await using var disposal = management.ConfigureAwait(false);
        return await ArtemisSettings.CompareAsync(PathOf(BrokerFile, config), management, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public override async Task<IReadOnlyList<EffectiveSettings>> TellSettingsAsync(
        AttachedStack stack,
        IReadOnlyList<string> names,
        CancellationToken cancellationToken
    )
    {
        var broker = await stack.PrimaryAsync(Role, cancellationToken).ConfigureAwait(false);
        var management = await ArtemisManagement.OpenAsync(stack.BrokerOptions(broker), cancellationToken).ConfigureAwait(false);
        await using var disposal = management.ConfigureAwait(false);
        return
        [
            new EffectiveSettings(broker.Name, await ArtemisSettings.ToldAsync(management, names, cancellationToken).ConfigureAwait(false)),
        ];
    }

    /// <inheritdoc />
    internal override async Task<IBrokerManagement> ManagementAsync(StompOptions options, CancellationToken cancellationToken) =>
        await ArtemisManagement.OpenAsync(options, cancellationToken).ConfigureAwait(false);

    private protected override ActiveMqContainer Container(InstancePlace place, string image, Surroundings around, UntilAnswers ready) =>
        Container<ArtemisBuilder, ArtemisContainer>(Watched(new ArtemisBuilder(image), around), place, around, ready);

    private static ArtemisBuilder Watched(ArtemisBuilder builder, Surroundings around) =>
        JmxExporter.IsIn(around)
            ? builder
                .WithEnvironment("JAVA_ARGS_APPEND", JmxExporter.Option)
                .WithResourceMapping(JmxExporter.Agent(), JmxExporter.AgentFile)
                .WithResourceMapping(
                    File.ReadAllBytes(Path.Combine(around.Root.Config, "jmx-exporter", "artemis.yaml")),
                    JmxExporter.ConfigurationFile
                )
            : builder;
}
