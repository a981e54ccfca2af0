using System.Text;
using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Configurations;
using DotNet.Testcontainers.Containers;
using Verification.Stack.Components.Brokers;
using Verification.Stack.Readiness;

namespace Verification.Stack.Components.Services;

/// <summary>A service of the system under test: any image that keeps the contract.</summary>
public abstract class ServiceComponent : Component
{
    /// <summary>The port the contract names.</summary>
    public const int Port = 8080;

    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(2) };

    /// <inheritdoc />
    public sealed override string Name => Role.Name;

    /// <inheritdoc />
    public sealed override IReadOnlyList<int> Ports => [Port];

    /// <summary>What is awaited of it.</summary>
    private protected abstract string ReadyState { get; }

    /// <inheritdoc />
    internal sealed override StackComponent Build(InstancePlace place, string image, Surroundings around)
    {
        var address = new Uri($"http://{InstancePlace.Loopback}:{place.Ports[Port]}/");
        var ready = new UntilAnswers(ReadyState, _ => AskAsync(Http, address));
        var builder = place
            .Apply<ContainerBuilder, IContainer, IContainerConfiguration>(new ContainerBuilder(image))
            .WithEnvironment(Environment(around))
            .WithResourceMapping(
                Encoding.ASCII.GetBytes(new BrokerCredentials(around.Secrets).Authority),
                ContractEnvironment.AuthorityFile
            )
            .WithWaitStrategy(Wait.ForUnixContainer().AddCustomWaitStrategy(ready));
        return new StackComponent(place.Name, Role, builder.Build(), ready, place.Ports);
    }

    /// <summary>Asks once whether it is ready.</summary>
    /// <exception cref="HttpRequestException">It is not.</exception>
    private protected abstract Task AskAsync(HttpClient http, Uri service);

    /// <summary>The environment that the contract names for it, and what the system under test adds.</summary>
    private protected abstract IReadOnlyDictionary<string, string> Environment(Surroundings around);
}
