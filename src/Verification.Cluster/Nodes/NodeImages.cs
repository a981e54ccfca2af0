using Docker.DotNet.Models;
using Verification.Objectives;
using Verification.Stack.Engine;
using Verification.Stack.Images;

namespace Verification.Cluster.Nodes;

/// <summary>Images of the engine on the node of a cluster: nothing is pulled there, so that what runs is what the engine has.</summary>
internal static class NodeImages
{
    /// <summary>What goes by an id alone reads as an image of this repository.</summary>
    private const string Id = "sha256";

    private const int Enough = 12;

    /// <summary>Copies images from the engine to a node.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="node">Id of the node's container.</param>
    /// <param name="images">The images.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The name of each on the node, by component.</returns>
    /// <exception cref="InvalidOperationException">The node took them not all; the message has what it said.</exception>
    public static async Task<IReadOnlyDictionary<string, string>> ImportAsync(
        DockerEngine engine,
        string node,
        IReadOnlyList<ComponentImage> images,
        CancellationToken cancellationToken
    )
    {
        var names = images.ToDictionary(image => image.Component, NameOf, StringComparer.Ordinal);
        var given = new List<string>();
        try
        {
            foreach (var image in images.Where(image => names[image.Component] != image.Image))
            {
                if (await NameAsync(engine, image.Image, names[image.Component], cancellationToken).ConfigureAwait(false))
                    given.Add(names[image.Component]);
            }

            await CopyAsync(engine, node, [.. names.Values.Distinct(StringComparer.Ordinal)], cancellationToken).ConfigureAwait(false);
            return names;
        }
        finally
        {
            foreach (var name in given)
                _ = await engine
                    .Client.Images.DeleteImageAsync(name, new ImageDeleteParameters { NoPrune = true }, CancellationToken.None)
                    .ConfigureAwait(false);
        }
    }

    /// <summary>The name of an image on a node. What has a tag keeps its name; a digest or an id is not copied with what it names, so that
    /// such an image gets a name by what it holds.</summary>
    public static string NameOf(ComponentImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        return ImageName.Parse(image.Image) is { Digest: null, Tag: not null, Repository: not Id }
            ? image.Image
            : $"named/{image.Component}:{image.Digest[(image.Digest.IndexOf(':', StringComparison.Ordinal) + 1)..][..Enough]}";
    }

    /// <summary>Gives an image a second name.</summary>
    /// <returns>Whether it has others, so that the second one may be taken away again: with the last one the image goes.</returns>
    private static async Task<bool> NameAsync(DockerEngine engine, string image, string second, CancellationToken cancellationToken)
    {
        var seen = await engine.Client.Images.InspectImageAsync(image, cancellationToken).ConfigureAwait(false);
        var name = ImageName.Parse(second);
        await engine
            .Client.Images.TagImageAsync(
                image,
                new ImageTagParameters { RepositoryName = name.Name, Tag = name.Version },
                cancellationToken
            )
            .ConfigureAwait(false);
        return seen.RepoTags is { Count: > 0 } || seen.RepoDigests is { Count: > 0 };
    }

    private static async Task CopyAsync(DockerEngine engine, string node, IReadOnlyList<string> images, CancellationToken cancellationToken)
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
