using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Configurations;
using DotNet.Testcontainers.Containers;
using Verification.Stack.Readiness;

namespace Verification.Stack.Components.RestStore;

/// <summary>The target of backups where no S3 one can be had: rclone serves a folder of its own by restic's REST protocol, at one port to
/// who may remove and at another one to who can only add.</summary>
internal sealed class RestStoreComponent : Component
{
    private const string Folder = "/data";
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(2) };

    // What one of the two has listed the other may have removed. Where one of them ends there is no target.
    private static readonly string Serve = $$"""
        trap 'exit 0' TERM INT
        serve() { RCLONE_USER=$1 RCLONE_PASS=$2 rclone serve restic {{Folder}} --cache-objects=false --addr ":$3" "${@:4}" & }
        serve {{RestStoreCredentials.WholeUser}} "$WHOLE_PASSWORD" {{RestStoreAddress.WholePort}}
        serve {{RestStoreCredentials.AddingUser}} "$ADDING_PASSWORD" {{RestStoreAddress.AddingPort}} --append-only
        wait -n
        exit 1
        """;

    /// <inheritdoc />
    public override string Name => Role.Name;

    /// <inheritdoc />
    public override Role Role => RestStoreAddress.Role;

    /// <inheritdoc />
    public override IReadOnlyList<int> Ports => [RestStoreAddress.WholePort, RestStoreAddress.AddingPort];

    /// <inheritdoc />
    public override IReadOnlyList<Credential> Credentials => RestStoreCredentials.Wanted;

    /// <inheritdoc />
    public override string DataFolder => Folder;

    /// <inheritdoc />
    public override string Caveat => "backups go to restic's REST server in place of S3, of which nothing is said";

    /// <inheritdoc />
    internal override StackComponent Build(InstancePlace place, string image, Surroundings around)
    {
        var credentials = new RestStoreCredentials(around.Secrets);
        var addresses = Ports.Select(port => new Uri($"http://{InstancePlace.Loopback}:{place.Ports[port]}/")).ToList();
        // Each refuses who does not say who he is, and so it answers.
        var ready = new UntilAnswers(
            "answers a GET at both ports",
            async _ =>
            {
                foreach (var address in addresses)
                    (await Http.GetAsync(address).ConfigureAwait(false)).Dispose();
            }
        );
        var builder = place
            .Apply<ContainerBuilder, IContainer, IContainerConfiguration>(new ContainerBuilder(image))
            .WithEnvironment("WHOLE_PASSWORD", credentials.WholePassword)
            .WithEnvironment("ADDING_PASSWORD", credentials.AddingPassword)
            .WithCommand("bash", "-c", Serve)
            .WithWaitStrategy(Wait.ForUnixContainer().AddCustomWaitStrategy(ready));
        return new StackComponent(place.Name, Role, builder.Build(), ready, place.Ports);
    }
}
