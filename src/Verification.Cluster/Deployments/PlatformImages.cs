using Verification.Stack;
using Verification.Stack.Components.Artemis;
using Verification.Stack.Engine;
using Verification.Stack.Images;

namespace Verification.Cluster.Deployments;

/// <summary>The images that a platform on a cluster is deployed from: the very ones that the stacks of containers run.</summary>
internal static class PlatformImages
{
    /// <summary>Those of some components that can't be had here. What was named is asked for where it is needed.</summary>
    /// <exception cref="EngineMissingException">No engine answers.</exception>
    public static async Task<IReadOnlyList<string>> MissingAsync(
        ProjectRoot root,
        IReadOnlyList<string> components,
        ImageOverrides named,
        CancellationToken cancellationToken
    )
    {
        using var engine = await DockerEngine.ConnectAsync(cancellationToken).ConfigureAwait(false);
        var store = new ImageStore(engine, root);
        var missing = new List<string>();
        foreach (var component in components.Where(component => !named.Images.ContainsKey(component)))
        {
            if (!await store.CanHaveAsync(component, new Progress<ImageProgress>(), cancellationToken).ConfigureAwait(false))
                missing.Add(component);
        }

        return missing;
    }

    /// <summary>Looks for them, or makes them.</summary>
    /// <exception cref="ImageException">One can't be had.</exception>
    /// <exception cref="EngineMissingException">No engine answers.</exception>
    public static async Task<IReadOnlyDictionary<string, ComponentImage>> ResolveAsync(
        ProjectRoot root,
        IReadOnlyList<string> components,
        ImageOverrides overrides,
        Action<string> tell,
        CancellationToken cancellationToken
    )
    {
        using var engine = await DockerEngine.ConnectAsync(cancellationToken).ConfigureAwait(false);
        var progress = new Progress<ImageProgress>(step => tell($"image {step.Component}: {step.Step}"));
        return await new ImageStore(engine, root).ResolveAsync(components, overrides, progress, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Whether the image of a broker says that it has what tells Prometheus of it.</summary>
    /// <exception cref="EngineMissingException">No engine answers.</exception>
    public static async Task<bool> TellsMetricsAsync(ComponentImage broker, CancellationToken cancellationToken)
    {
        using var engine = await DockerEngine.ConnectAsync(cancellationToken).ConfigureAwait(false);
        var seen = await engine.Client.Images.InspectImageAsync(broker.Image, cancellationToken).ConfigureAwait(false);
        return seen.Config?.Labels?.ContainsKey(JmxExporter.ImageLabel) == true;
    }
}
