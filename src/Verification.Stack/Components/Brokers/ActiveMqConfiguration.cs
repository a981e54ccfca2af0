using Docker.DotNet.Models;
using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Configurations;

namespace Verification.Stack.Components.Brokers;

/// <summary>Configuration of an ActiveMQ container, Artemis or Classic, immutable.</summary>
public sealed class ActiveMqConfiguration : ContainerConfiguration
{
    /// <summary>Creates a configuration.</summary>
    /// <param name="username">The connecting user.</param>
    /// <param name="password">The user's password.</param>
    public ActiveMqConfiguration(string? username = null, string? password = null)
    {
        Username = username;
        Password = password;
    }

    /// <summary>Creates a configuration from that of any resource.</summary>
    /// <param name="resourceConfiguration">The resource's configuration.</param>
    public ActiveMqConfiguration(IResourceConfiguration<CreateContainerParameters> resourceConfiguration)
        : base(resourceConfiguration) { }

    /// <summary>Creates a configuration from that of any container.</summary>
    /// <param name="resourceConfiguration">The container's configuration.</param>
    public ActiveMqConfiguration(IContainerConfiguration resourceConfiguration)
        : base(resourceConfiguration) { }

    /// <summary>Merges two configurations; the newer value wins.</summary>
    /// <param name="oldValue">The older.</param>
    /// <param name="newValue">The newer.</param>
    public ActiveMqConfiguration(ActiveMqConfiguration oldValue, ActiveMqConfiguration newValue)
        : base(oldValue, newValue)
    {
        Username = BuildConfiguration.Combine(oldValue.Username, newValue.Username);
        Password = BuildConfiguration.Combine(oldValue.Password, newValue.Password);
    }

    /// <summary>The connecting user.</summary>
    public string? Username { get; }

    /// <summary>The user's password.</summary>
    public string? Password { get; }
}
