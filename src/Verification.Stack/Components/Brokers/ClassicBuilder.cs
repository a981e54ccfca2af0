using Docker.DotNet.Models;
using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Configurations;
using DotNet.Testcontainers.Images;

namespace Verification.Stack.Components.Brokers;

/// <summary>Builds an ActiveMQ Classic container, in the shape of Testcontainers' modules, from any image that keeps the conventions of <c>apache/activemq-classic</c>.</summary>
public sealed class ClassicBuilder : ContainerBuilder<ClassicBuilder, ClassicContainer, ActiveMqConfiguration>
{
    /// <summary>Port of OpenWire inside.</summary>
    public const int OpenWirePort = 61616;

    /// <summary>Port of STOMP inside.</summary>
    public const int StompPort = BrokerPorts.Stomp;

    /// <summary>User unless told otherwise.</summary>
    public const string DefaultUsername = "admin";

    /// <summary>Password unless told otherwise.</summary>
    public const string DefaultPassword = "admin";

    private const string Configuration = "/opt/apache-activemq/conf/";

    /// <summary>Creates a builder.</summary>
    /// <param name="image">The image, for example <c>apache/activemq-classic:5.18.6</c>.</param>
    public ClassicBuilder(string image)
        : this(new ActiveMqConfiguration()) =>
        DockerResourceConfiguration = Init().WithImage(new DockerImage(image)).DockerResourceConfiguration;

    private ClassicBuilder(ActiveMqConfiguration resourceConfiguration)
        : base(resourceConfiguration) =>
        DockerResourceConfiguration = resourceConfiguration;

    /// <inheritdoc />
    protected override ActiveMqConfiguration DockerResourceConfiguration { get; }

    /// <summary>Sets the connecting user.</summary>
    /// <param name="username">The user.</param>
    public ClassicBuilder WithUsername(string username) =>
        Merge(DockerResourceConfiguration, new ActiveMqConfiguration(username: username)).WithEnvironment("ACTIVEMQ_CONNECTION_USER", username);

    /// <summary>Sets the user's password.</summary>
    /// <param name="password">The password.</param>
    public ClassicBuilder WithPassword(string password) =>
        Merge(DockerResourceConfiguration, new ActiveMqConfiguration(password: password)).WithEnvironment("ACTIVEMQ_CONNECTION_PASSWORD", password);

    /// <summary>Lets clients in that name no user, where <c>activemq.xml</c> asks <c>ACTIVEMQ_ANONYMOUS_ACCESS</c>.</summary>
    public ClassicBuilder WithAnonymousLogin() => WithEnvironment("ACTIVEMQ_ANONYMOUS_ACCESS", "true");

    /// <summary>Lays a file into the broker's <c>conf</c>.</summary>
    /// <param name="name">Its name there, for example <c>activemq.xml</c>.</param>
    /// <param name="content">What it holds.</param>
    public ClassicBuilder WithConf(string name, byte[] content) => WithResourceMapping(content, Configuration + name);

    /// <inheritdoc />
    public override ClassicContainer Build()
    {
        Validate();
        return new ClassicContainer(DockerResourceConfiguration);
    }

    /// <inheritdoc />
    protected override ClassicBuilder Init() => base.Init()
        .WithPortBinding(OpenWirePort, assignRandomHostPort: true)
        .WithPortBinding(StompPort, assignRandomHostPort: true)
        .WithUsername(DefaultUsername)
        .WithPassword(DefaultPassword)
        .WithWaitStrategy(Wait.ForUnixContainer().UntilMessageIsLogged("Apache ActiveMQ .* started"));

    /// <inheritdoc />
    protected override void Validate()
    {
        base.Validate();
        if (string.IsNullOrEmpty(DockerResourceConfiguration.Username) || string.IsNullOrEmpty(DockerResourceConfiguration.Password))
            throw new InvalidOperationException("ActiveMQ Classic needs a user and a password: call WithUsername and WithPassword with values.");
    }

    /// <inheritdoc />
    protected override ClassicBuilder Clone(IResourceConfiguration<CreateContainerParameters> resourceConfiguration) =>
        Merge(DockerResourceConfiguration, new ActiveMqConfiguration(resourceConfiguration));

    /// <inheritdoc />
    protected override ClassicBuilder Clone(IContainerConfiguration resourceConfiguration) =>
        Merge(DockerResourceConfiguration, new ActiveMqConfiguration(resourceConfiguration));

    /// <inheritdoc />
    protected override ClassicBuilder Merge(ActiveMqConfiguration oldValue, ActiveMqConfiguration newValue) =>
        new(new ActiveMqConfiguration(oldValue, newValue));
}
