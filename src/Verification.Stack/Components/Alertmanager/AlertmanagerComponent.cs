using System.Text;
using DotNet.Testcontainers.Builders;
using Verification.Stack.Components.Pager;
using Verification.Stack.Components.Watching;

namespace Verification.Stack.Components.Alertmanager;

/// <summary>Alertmanager with the configuration of <c>config/alertmanager/</c>; its receivers lead to the pager.</summary>
internal sealed class AlertmanagerComponent : WatchingComponent
{
    /// <summary>Its port inside.</summary>
    public const int ListensOn = 9093;

    private const string Folder = "/etc/alertmanager";
    private static readonly string[] Receivers = ["pager", "tickets"];

    /// <inheritdoc />
    public override Role Role => WatchingRole.Alertmanager;

    private protected override int Port => ListensOn;

    private protected override string ReadyPath => "/-/ready";

    private protected override ContainerBuilder Configure(ContainerBuilder builder, Surroundings around)
    {
        var configuration = around.Lapse.Of(File.ReadAllText(Path.Combine(around.Root.Config, "alertmanager", "alertmanager.yml")));
        builder = builder
            // One alone: it looks for no others.
            .WithCommand($"--config.file={Folder}/alertmanager.yml", "--storage.path=/alertmanager", "--cluster.listen-address=")
            .WithResourceMapping(Encoding.UTF8.GetBytes(configuration), $"{Folder}/alertmanager.yml");
        var pager = Encoding.ASCII.GetBytes($"http://{around.HostOf(WatchingRole.Pager)}:{PagerComponent.ListensOn}{PagerComponent.Page}");
        return Receivers.Aggregate(builder, (next, receiver) => next.WithResourceMapping(pager, $"{Folder}/receivers/{receiver}"));
    }
}
