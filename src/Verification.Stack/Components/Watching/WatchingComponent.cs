using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Configurations;
using DotNet.Testcontainers.Containers;
using Verification.Stack.Readiness;

namespace Verification.Stack.Components.Watching;

/// <summary>A program that watches the platform: one port, ready when it answers over HTTP.</summary>
internal abstract class WatchingComponent : Component
{
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(2) };

    /// <inheritdoc />
    public sealed override string Name => Role.Name;

    /// <inheritdoc />
    public sealed override IReadOnlyList<int> Ports => [Port];

    /// <summary>Its port inside.</summary>
    private protected abstract int Port { get; }

    /// <summary>The path that answers 200 once it is ready.</summary>
    private protected abstract string ReadyPath { get; }

    /// <summary>What is awaited of it.</summary>
    private protected virtual string ReadyState => $"answers GET {ReadyPath} with 200";

    /// <inheritdoc />
    internal sealed override StackComponent Build(InstancePlace place, string image, Surroundings around)
    {
        var address = new Uri($"http://{InstancePlace.Loopback}:{place.Ports[Port]}/");
        var ready = new UntilAnswers(ReadyState, container => AskAsync(container, Http, address, around));
        var builder = Configure(place.Apply<ContainerBuilder, IContainer, IContainerConfiguration>(new ContainerBuilder(image)), around)
            .WithWaitStrategy(Wait.ForUnixContainer().AddCustomWaitStrategy(ready));
        return new StackComponent(place.Name, Role, builder.Build(), ready, place.Ports);
    }

    /// <summary>Asks once whether it is ready.</summary>
    /// <exception cref="HttpRequestException">It is not.</exception>
    private protected virtual async Task AskAsync(IContainer container, HttpClient http, Uri address, Surroundings around)
    {
        using var answer = await http.GetAsync(new Uri(address, ReadyPath)).ConfigureAwait(false);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Its command, environment and files.</summary>
    private protected abstract ContainerBuilder Configure(ContainerBuilder builder, Surroundings around);
}
