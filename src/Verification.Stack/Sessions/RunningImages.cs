using Docker.DotNet;
using Verification.Stack.Components;
using Verification.Stack.Engine;

namespace Verification.Stack.Sessions;

/// <summary>Holds the images that the containers of a stack run from against those that its description names: a verdict binds the
/// latter.</summary>
public static class RunningImages
{
    /// <summary>What differs, one phrase for each instance; nothing where each runs what is described. Instances that are not there are
    /// left out.</summary>
    internal static async Task<IReadOnlyList<string>> DifferencesAsync(
        DockerEngine engine,
        StackDescription stack,
        CancellationToken cancellationToken
    )
    {
        var running = new List<(StackInstance Instance, string Image)>();
        foreach (var instance in stack.Instances)
        {
            try
            {
                running.Add(
                    (
                        instance,
                        (
                            await engine.Client.Containers.InspectContainerAsync(instance.Control, cancellationToken).ConfigureAwait(false)
                        ).Image
                    )
                );
            }
            catch (DockerContainerNotFoundException)
            {
                // Who needs it finds that it is away.
            }
        }

        var contents = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var image in running.Select(each => each.Image).Distinct(StringComparer.Ordinal))
            contents[image] = await ContentsAsync(engine, image, cancellationToken).ConfigureAwait(false);
        return Differences(stack, [.. running.Select(each => (each.Instance, contents[each.Image]))]);
    }

    /// <summary>What differs between the description of a stack and what its instances run from.</summary>
    /// <param name="stack">The description.</param>
    /// <param name="running">The instances, each with the ids by content of its image.</param>
    public static IReadOnlyList<string> Differences(
        StackDescription stack,
        IReadOnlyList<(StackInstance Instance, IReadOnlyList<string> Contents)> running
    ) =>
        [
            .. from each in running
            let described = stack.Components.FirstOrDefault(component =>
                component.Role == ComponentList.Of(each.Instance.Role, stack.Broker).Name
            )
            where described is null || !each.Contents.Contains(described.Digest)
            select $"{each.Instance.Name} runs from {each.Contents[0]}, and is described as {(described is null ? "nothing" : $"{described.Image} ({described.Digest})")}",
        ];

    /// <summary>The id of an image and the digests that registries know it by.</summary>
    private static async Task<IReadOnlyList<string>> ContentsAsync(DockerEngine engine, string image, CancellationToken cancellationToken)
    {
        try
        {
            var seen = await engine.Client.Images.InspectImageAsync(image, cancellationToken).ConfigureAwait(false);
            return [seen.ID, .. (seen.RepoDigests ?? []).Select(digest => digest[(digest.IndexOf('@', StringComparison.Ordinal) + 1)..])];
        }
        catch (DockerImageNotFoundException)
        {
            return [image];
        }
    }
}
