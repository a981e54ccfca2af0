using Docker.DotNet.Models;
using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Configurations;
using DotNet.Testcontainers.Images;

namespace Verification.Stack.Components.Brokers;

/// <summary>Builds an ActiveMQ Artemis container, with the public names of Testcontainers.ActiveMq, from any image that keeps the conventions of <c>apache/activemq-artemis</c>.</summary>
public sealed class ArtemisBuilder : ContainerBuilder<ArtemisBuilder, ArtemisContainer, ActiveMqConfiguration>
{
    /// <summary>Port of the core protocol inside.</summary>
    public const ushort ArtemisMainPort = 61616;

    /// <summary>Port of STOMP inside.</summary>
    public const ushort ArtemisStompPort = BrokerPorts.Stomp;

    /// <summary>User unless told otherwise.</summary>
    public const string DefaultUsername = "artemis";

    /// <summary>Password unless told otherwise.</summary>
    public const string DefaultPassword = "artemis";

    private const string Override = "/var/lib/artemis-instance/etc-override/";
    private const uint InstanceUser = 1001;

    /// <summary>Creates a builder.</summary>
    /// <param name="image">The image, for example <c>apache/activemq-artemis:2.40.0</c>.</param>
    public ArtemisBuilder(string image)
        : this(new ActiveMqConfiguration()) =>
        DockerResourceConfiguration = Init().WithImage(new DockerImage(image)).DockerResourceConfiguration;

    private ArtemisBuilder(ActiveMqConfiguration resourceConfiguration)
        : base(resourceConfiguration) =>
        DockerResourceConfiguration = resourceConfiguration;

    /// <inheritdoc />
    protected override ActiveMqConfiguration DockerResourceConfiguration { get; }

    /// <summary>Sets the connecting user.</summary>
    /// <param name="username">The user.</param>
    public ArtemisBuilder WithUsername(string username) =>
        Merge(DockerResourceConfiguration, new ActiveMqConfiguration(username: username)).WithEnvironment("ARTEMIS_USER", username);

    /// <summary>Sets the user's password.</summary>
    /// <param name="password">The password.</param>
    public ArtemisBuilder WithPassword(string password) =>
        Merge(DockerResourceConfiguration, new ActiveMqConfiguration(password: password)).WithEnvironment("ARTEMIS_PASSWORD", password);

    /// <summary>Lets clients in that name no user.</summary>
    public ArtemisBuilder WithAnonymousLogin() => WithEnvironment("ANONYMOUS_LOGIN", "true");

    /// <summary>Lays a file over the instance's <c>etc</c>, readable by the broker alone.</summary>
    /// <param name="name">Its name there, for example <c>broker.xml</c>.</param>
    /// <param name="content">What it holds.</param>
    public ArtemisBuilder WithEtcOverride(string name, byte[] content) =>
        WithResourceMapping(content, Override + name, InstanceUser, InstanceUser, UnixFileModes.UserRead);

    /// <inheritdoc />
    public override ArtemisContainer Build()
    {
        Validate();
        return new ArtemisContainer(DockerResourceConfiguration);
    }

    /// <inheritdoc />
    protected override ArtemisBuilder Init() => base.Init()
        .WithPortBinding(ArtemisMainPort, assignRandomHostPort: true)
        .WithPortBinding(ArtemisStompPort, assignRandomHostPort: true)
        .WithUsername(DefaultUsername)
        .WithPassword(DefaultPassword)
        .WithWaitStrategy(Wait.ForUnixContainer().UntilMessageIsLogged("AMQ221007"));

    /// <inheritdoc />
    protected override void Validate()
    {
        base.Validate();
        if (string.IsNullOrEmpty(DockerResourceConfiguration.Username) || string.IsNullOrEmpty(DockerResourceConfiguration.Password))
            throw new InvalidOperationException("ActiveMQ Artemis needs a user and a password: call WithUsername and WithPassword with values.");
    }

    /// <inheritdoc />
    protected override ArtemisBuilder Clone(IResourceConfiguration<CreateContainerParameters> resourceConfiguration) =>
        Merge(DockerResourceConfiguration, new ActiveMqConfiguration(resourceConfiguration));

    /// <inheritdoc />
    protected override ArtemisBuilder Clone(IContainerConfiguration resourceConfiguration) =>
        Merge(DockerResourceConfiguration, new ActiveMqConfiguration(resourceConfiguration));

    /// <inheritdoc />
    protected override ArtemisBuilder Merge(ActiveMqConfiguration oldValue, ActiveMqConfiguration newValue) =>
        new(new ActiveMqConfiguration(oldValue, newValue));
}
