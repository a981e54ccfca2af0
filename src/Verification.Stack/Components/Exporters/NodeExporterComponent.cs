using Docker.DotNet.Models;
using DotNet.Testcontainers.Builders;
using Verification.Stack.Components.Watching;

namespace Verification.Stack.Components.Exporters;

/// <summary>The exporter of the machine that runs the containers. Nothing of that machine is mounted: of processors and memory it tells
/// what the kernel tells everybody; of disks it sees its own root, which lies where the engine keeps all containers, and its folder for
/// files of others.</summary>
internal sealed class NodeExporterComponent : WatchingComponent
{
    /// <summary>Its port inside.</summary>
    public const int ListensOn = 9100;

    /// <inheritdoc />
    public override Role Role => WatchingRole.NodeExporter;

    private protected override int Port => ListensOn;

    private protected override string ReadyPath => "/";

    private protected override ContainerBuilder Configure(ContainerBuilder builder, Surroundings around) =>
        builder
            // What else it could tell is of devices that a container does not see, or of a network that is the container's own.
            .WithCommand(
                "--collector.disable-defaults",
                "--collector.cpu",
                "--collector.filesystem",
                "--collector.loadavg",
                "--collector.meminfo",
                "--collector.textfile",
                $"--collector.textfile.directory={NodeTextFiles.Folder}",
                // What else the engine mounts lies on no other disk than the root; of types none is left out, as that root is an overlay.
                "--collector.filesystem.mount-points-exclude=^/(dev|etc|proc|run|sys)($|/)",
                "--collector.filesystem.fs-types-exclude=^$"
            )
            .WithCreateParameterModifier(HaveFolder);

    private static void HaveFolder(CreateContainerParameters parameters)
    {
        parameters.HostConfig ??= new HostConfig();
        parameters.HostConfig.Tmpfs = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            // Of nobody, as whom it runs.
            [NodeTextFiles.Folder] = $"size={NodeTextFiles.Size}m,uid=65534,gid=65534,mode=0755",
        };
    }
}
