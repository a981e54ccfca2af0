using Docker.DotNet.Models;
using Verification.Stack.Engine;

namespace Verification.Cluster.Nodes;

/// <summary>Images of the engine on the node of a cluster: nothing is pulled there, so that what runs is what the engine has.</summary>
internal static class NodeImages
{
    /// <summary>Copies images from the engine to a node.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="node">Id of the node's container.</param>
    /// <param name="images">Names of the images.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="InvalidOperationException">The node took them not all; the message has what it said.</exception>
    public static async Task ImportAsync(
        DockerEngine engine,
        string node,
        IReadOnlyList<string> images,
        CancellationToken cancellationToken
    )
    {
        var parameters = new ContainerExecCreateParameters
        {
            Cmd = ["ctr", "-n", "k8s.io", "images", "import", "-"],
            AttachStdin = true,
            AttachStdout = true,
            AttachStderr = true,
        };
        var exec = await engine.Client.Exec.CreateContainerExecAsync(node, parameters, cancellationToken).ConfigureAwait(false);
        using var attached = await engine
            .Client.Exec.StartContainerExecAsync(exec.ID, new ContainerExecStartParameters(), cancellationToken)
            .ConfigureAwait(false);
        var saved = await engine.Client.Images.SaveImagesAsync([.. images], cancellationToken).ConfigureAwait(false);
        await using (saved.ConfigureAwait(false))
        {
            var said = attached.ReadOutputToEndAsync(cancellationToken);
            await attached.CopyFromAsync(saved, cancellationToken).ConfigureAwait(false);
            attached.CloseWrite();
            var (output, error) = await said.ConfigureAwait(false);
            var ended = await engine.Client.Exec.InspectContainerExecAsync(exec.ID, cancellationToken).ConfigureAwait(false);
            if (ended.ExitCode != 0)
                throw new InvalidOperationException(
                    $"The node did not take the images {string.Join(", ", images)} (exit code {ended.ExitCode}): {error.Trim()} {output.Trim()}"
                );
        }
    }
}
