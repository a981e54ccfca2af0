using DotNet.Testcontainers.Images;
using Verification.Stack.Components.Brokers;

namespace Verification.Stack.Components.Classic;

/// <summary>Builds an ActiveMQ Classic container, from any image that keeps the conventions of <c>apache/activemq-classic</c>.</summary>
public sealed class ClassicBuilder : ActiveMqBuilder<ClassicBuilder, ClassicContainer>
{
    /// <summary>The conventions of the image.</summary>
    internal static readonly ActiveMqImage Conventions = new(
        Title: "ActiveMQ Classic",
        Stem: "ACTIVEMQ_CONNECTION",
        AnonymousVariable: "ACTIVEMQ_ANONYMOUS_ACCESS",
        DefaultCredential: "admin",
        ConfigurationFolder: "/opt/apache-activemq/conf/",
        ConfigurationOwner: null,
        StartedMessage: "Apache ActiveMQ .* started",
        StandbyMessage: "is locked by another server"
    );

    /// <summary>Creates a builder.</summary>
    /// <param name="image">The image, for example <c>apache/activemq-classic:5.18.7</c>.</param>
    public ClassicBuilder(string image)
        : this(new ClassicBuilder(new ActiveMqConfiguration()).Init().WithImage(new DockerImage(image)).DockerResourceConfiguration) { }

    private ClassicBuilder(ActiveMqConfiguration configuration)
        : base(configuration) { }

    private protected override ActiveMqImage Image => Conventions;

    /// <inheritdoc />
    public override ClassicContainer Build()
    {
        Validate();
        return new ClassicContainer(DockerResourceConfiguration);
    }

    /// <inheritdoc />
    protected override ClassicBuilder Merge(ActiveMqConfiguration oldValue, ActiveMqConfiguration newValue) =>
        new(new ActiveMqConfiguration(oldValue, newValue));
}
