using Verification.Stack.Images;

namespace Verification.Stack.Sessions;

/// <summary>The release that the one under test follows: the services whose earlier image was named.</summary>
public static class PreviousRelease
{
    /// <summary>What a run has where a previous release was named, for <see cref="Objectives.Objective.Needs"/>.</summary>
    public const string Capability = "previous";

    /// <summary>The services that a release is made of.</summary>
    public static IReadOnlyList<string> Services { get; } = ["dashboard", "server"];

    /// <summary>The image of each named service: here, or pulled; never made.</summary>
    /// <param name="store">Where it is looked for.</param>
    /// <param name="named">Image name by service.</param>
    /// <param name="progress">Told each step.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ImageException">One can't be had.</exception>
    public static async Task<IReadOnlyList<ComponentImage>> ResolveAsync(
        ImageStore store,
        IReadOnlyDictionary<string, string> named,
        IProgress<ImageProgress> progress,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(named);
        try
        {
            var images = await store
                .ResolveAsync([.. named.Keys], new ImageOverrides(named), progress, cancellationToken)
                .ConfigureAwait(false);
            return [.. images.Values];
        }
        catch (ImageException e)
        {
            throw new ImageException(
                $"the previous {e.Component}",
                e.Tried,
                "Check what --previous names, or load the image into the engine.",
                e
            )
            {
                NamedBy = e.NamedBy,
                IsNameAtFault = e.IsNameAtFault,
            };
        }
    }
}
