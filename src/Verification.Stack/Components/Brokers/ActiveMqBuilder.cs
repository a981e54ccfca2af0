using Docker.DotNet.Models;
using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Configurations;

namespace Verification.Stack.Components.Brokers;

/// <summary>Builds an ActiveMQ container, in the shape of Testcontainers' modules.</summary>
/// <typeparam name="TBuilder">The builder itself.</typeparam>
/// <typeparam name="TContainer">What it builds.</typeparam>
public abstract class ActiveMqBuilder<TBuilder, TContainer> : ContainerBuilder<TBuilder, TContainer, ActiveMqConfiguration>
    where TBuilder : ActiveMqBuilder<TBuilder, TContainer>
    where TContainer : ActiveMqContainer
{
    /// <summary>Port of the native protocol inside: core for Artemis, OpenWire for both.</summary>
    public const int MainPort = 61616;

    private protected ActiveMqBuilder(ActiveMqConfiguration configuration)
        : base(configuration) => DockerResourceConfiguration = configuration;

    /// <inheritdoc />
    protected override ActiveMqConfiguration DockerResourceConfiguration { get; }

    private protected abstract ActiveMqImage Image { get; }

    /// <summary>Sets the connecting user.</summary>
    /// <param name="username">The user.</param>
    public TBuilder WithUsername(string username) =>
        Merge(DockerResourceConfiguration, new ActiveMqConfiguration(username: username)).WithEnvironment($"{Image.Stem}_USER", username);

    /// <summary>Sets the user's password.</summary>
    /// <param name="password">The password.</param>
    public TBuilder WithPassword(string password) =>
        Merge(DockerResourceConfiguration, new ActiveMqConfiguration(password: password))
            .WithEnvironment($"{Image.Stem}_PASSWORD", password);

    /// <summary>Lets clients in that name no user.</summary>
    public TBuilder WithAnonymousLogin() => WithEnvironment(Image.AnonymousVariable, "true");

    /// <summary>Lays a file over the broker's configuration.</summary>
    /// <param name="name">Its name there.</param>
    /// <param name="content">What it holds.</param>
    public TBuilder WithConfigurationFile(string name, byte[] content) =>
        Image.ConfigurationOwner is { } owner
            ? WithResourceMapping(content, Image.ConfigurationFolder + name, owner, owner, UnixFileModes.UserRead)
            : WithResourceMapping(content, Image.ConfigurationFolder + name);

    /// <inheritdoc />
    protected override TBuilder Init() =>
        base.Init()
            .WithPortBinding(MainPort, assignRandomHostPort: true)
            .WithPortBinding(BrokerPorts.Stomp, assignRandomHostPort: true)
            .WithUsername(Image.DefaultCredential)
            .WithPassword(Image.DefaultCredential)
            .WithWaitStrategy(Wait.ForUnixContainer().UntilMessageIsLogged(Image.StartedMessage));

    /// <inheritdoc />
    protected override void Validate()
    {
        base.Validate();
        if (string.IsNullOrEmpty(DockerResourceConfiguration.Username) || string.IsNullOrEmpty(DockerResourceConfiguration.Password))
            throw new InvalidOperationException(
                $"{Image.Title} needs a user and a password: call WithUsername and WithPassword with values."
            );
    }

    /// <inheritdoc />
    protected override TBuilder Clone(IResourceConfiguration<CreateContainerParameters> resourceConfiguration) =>
        Merge(DockerResourceConfiguration, new ActiveMqConfiguration(resourceConfiguration));

    /// <inheritdoc />
    protected override TBuilder Clone(IContainerConfiguration resourceConfiguration) =>
        Merge(DockerResourceConfiguration, new ActiveMqConfiguration(resourceConfiguration));
}
