using Verification.Stack.Certificates;
using Verification.Stack.Components.Brokers;
using Verification.Stack.Readiness;
using Verification.Stack.Settings;
using Verification.Stomp;

namespace Verification.Stack.Components.Classic;

/// <summary>ActiveMQ Classic.</summary>
internal sealed class ClassicComponent : BrokerComponent
{
    /// <inheritdoc />
    public override BrokerKind Kind => BrokerKind.Classic;

    /// <inheritdoc />
    public override ConfigFile BrokerFile { get; } = new("activemq.xml", ConfigFormat.Xml);

    /// <inheritdoc />
    public override string CertificateFile => "certificates/broker.p12";

    /// <inheritdoc />
    public override string DataFolder => "/opt/apache-activemq/data";

    /// <inheritdoc />
    public override string KeptFolder => DataFolder;

    private protected override ActiveMqImage Image => ClassicBuilder.Conventions;

    /// <inheritdoc />
    public override byte[] StoreOf(BrokerCertificate certificate) => certificate.Pkcs12;

    /// <inheritdoc />
    public override async Task<SettingsComparison> CompareSettingsAsync(
        AttachedStack stack,
        string config,
        CancellationToken cancellationToken
    )
    {
        var broker = await stack.PrimaryAsync(Role, cancellationToken).ConfigureAwait(false);
        var statistics = await ClassicStatistics.OpenAsync(stack.BrokerOptions(broker), cancellationToken).ConfigureAwait(false);
        await using var disposal = statistics.ConfigureAwait(false);
        return await ClassicSettings.CompareAsync(PathOf(BrokerFile, config), statistics, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc />
    internal override async Task<IBrokerManagement> ManagementAsync(StompOptions options, CancellationToken cancellationToken) =>
        await ClassicStatistics.OpenAsync(options, cancellationToken).ConfigureAwait(false);

    private protected override ActiveMqContainer Container(InstancePlace place, string image, Surroundings around, UntilAnswers ready) =>
        Container<ClassicBuilder, ClassicContainer>(new ClassicBuilder(image), place, around, ready);
}
