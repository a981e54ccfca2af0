using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Configurations;
using DotNet.Testcontainers.Containers;
using Verification.Stack.Readiness;

namespace Verification.Stack.Components.ObjectStore;

/// <summary>The S3 target of backups: rclone serves a folder of its own. What production has there is a store of its cloud.</summary>
internal sealed class ObjectStoreComponent : Component
{
    /// <summary>Its port inside.</summary>
    public const int Port = 8080;

    private const string Folder = "/data";
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(2) };

    /// <inheritdoc />
    public override string Name => Role.Name;

    /// <inheritdoc />
    public override Role Role { get; } = new("object-store");

    /// <inheritdoc />
    public override IReadOnlyList<int> Ports => [Port];

    /// <inheritdoc />
    public override IReadOnlyList<Credential> Credentials => ObjectStoreCredentials.Wanted;

    /// <inheritdoc />
    public override string DataFolder => Folder;

    /// <inheritdoc />
    internal override StackComponent Build(InstancePlace place, string image, Surroundings around)
    {
        var credentials = new ObjectStoreCredentials(around.Secrets);
        var address = new Uri($"http://{InstancePlace.Loopback}:{place.Ports[Port]}/");
        // It refuses who does not sign, and so it answers.
        var ready = new UntilAnswers("answers a GET", async _ => (await Http.GetAsync(address).ConfigureAwait(false)).Dispose());
        var builder = place
            .Apply<ContainerBuilder, IContainer, IContainerConfiguration>(new ContainerBuilder(image))
            .WithEnvironment("RCLONE_AUTH_KEY", $"\"{credentials.User},{credentials.Secret}\"")
            .WithCommand("serve", "s3", Folder, "--addr", $":{Port}", "--vfs-cache-mode", "off")
            .WithWaitStrategy(Wait.ForUnixContainer().AddCustomWaitStrategy(ready));
        return new StackComponent(place.Name, Role, builder.Build(), ready, place.Ports);
    }
}
