using DotNet.Testcontainers.Images;
using Verification.Stack.Components.Brokers;

namespace Verification.Stack.Components.Artemis;

/// <summary>Builds an ActiveMQ Artemis container, with the public names of Testcontainers.ActiveMq, from any image that keeps the
/// conventions of <c>apache/activemq-artemis</c>.</summary>
public sealed class ArtemisBuilder : ActiveMqBuilder<ArtemisBuilder, ArtemisContainer>
{
    /// <summary>The conventions of the image.</summary>
    internal static readonly ActiveMqImage Conventions = new(
        Title: "ActiveMQ Artemis",
        Stem: "ARTEMIS",
        AnonymousVariable: "ANONYMOUS_LOGIN",
        DefaultCredential: "artemis",
        ConfigurationFolder: "/var/lib/artemis-instance/etc-override/",
        ConfigurationOwner: 1001,
        StartedMessage: "AMQ221007",
        StandbyMessage: "AMQ221034"
    );

    /// <summary>Creates a builder.</summary>
    /// <param name="image">The image, for example <c>apache/activemq-artemis:2.40.0</c>.</param>
    public ArtemisBuilder(string image)
        : this(new ArtemisBuilder(new ActiveMqConfiguration()).Init().WithImage(new DockerImage(image)).DockerResourceConfiguration) { }

    private ArtemisBuilder(ActiveMqConfiguration configuration)
        : base(configuration) { }

    private protected override ActiveMqImage Image => Conventions;

    /// <inheritdoc />
    public override ArtemisContainer Build()
    {
        Validate();
        return new ArtemisContainer(DockerResourceConfiguration);
    }

    /// <inheritdoc />
    protected override ArtemisBuilder Merge(ActiveMqConfiguration oldValue, ActiveMqConfiguration newValue) =>
        new(new ActiveMqConfiguration(oldValue, newValue));
}
