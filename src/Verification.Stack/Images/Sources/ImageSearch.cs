using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace Verification.Stack.Images.Sources;

/// <summary>One call: walks the ways to each image, each component once, side by side.</summary>
internal sealed class ImageSearch(SourceLists lists, Workshop workshop) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<Task<ComponentImage>>> asked = new();
    private readonly CancellationTokenSource failed = new();

    /// <summary>The image if it is on the engine; nothing is asked for or made.</summary>
    public async Task<ComponentImage?> HereAsync(string component, CancellationToken cancellationToken) =>
        (await WalkAsync(ListOf(component).Sources.OfType<OnEngine>(), cancellationToken).ConfigureAwait(false)).Image;

    /// <summary>Whether the image is here, can be made (nothing is made yet), or can be pulled (then it is here afterwards).</summary>
    public async Task<bool> CanHaveAsync(string component, CancellationToken cancellationToken) =>
        await HereAsync(component, cancellationToken).ConfigureAwait(false) is not null
        || ListOf(component).Sources.OfType<FromRecipe>().Any(recipe => recipe.IsGiven)
        || (await WalkAsync(ListOf(component).Sources.OfType<FromRegistry>(), cancellationToken).ConfigureAwait(false)).Image is not null;

    /// <summary>The image of each component.</summary>
    /// <exception cref="ImageException">One can't be had; the search for the others was ended.</exception>
    public async Task<IReadOnlyDictionary<string, ComponentImage>> AllAsync(
        IReadOnlyList<string> components,
        CancellationToken cancellationToken
    )
    {
        // First what costs nothing: what is made afterwards is made in one go.
        var atHand = await Task.WhenAll(
                components.Select(async component =>
                    (
                        Component: component,
                        Found: await WalkAsync(ListOf(component).Sources.TakeWhile(source => source is OnEngine), cancellationToken)
                            .ConfigureAwait(false)
                    )
                )
            )
            .ConfigureAwait(false);
        foreach (var (component, found) in atHand)
        {
            if (found.Image is { } image)
                asked[component] = new Lazy<Task<ComponentImage>>(Task.FromResult(image));
            else if (lists.ProjectOf(component) is { } project)
                workshop.Expect(project);
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, failed.Token);
        var all = components.Select(component => OfAsync(component, stop.Token)).ToList();
        await AllOrStopAsync(all).ConfigureAwait(false);
        return (await Task.WhenAll(all).ConfigureAwait(false)).ToDictionary(image => image.Component);
    }

    public async ValueTask DisposeAsync()
    {
        await workshop.DisposeAsync().ConfigureAwait(false);
        failed.Dispose();
    }

    private SourceList ListOf(string component) => lists.Of(component, HereAsync, OfAsync);

    private Task<ComponentImage> OfAsync(string component, CancellationToken cancellationToken) =>
        asked.GetOrAdd(component, _ => new Lazy<Task<ComponentImage>>(() => FindAsync(component, cancellationToken))).Value;

    private async Task<ComponentImage> FindAsync(string component, CancellationToken cancellationToken)
    {
        var list = ListOf(component);
        var walk = await WalkAsync(list.Sources, cancellationToken).ConfigureAwait(false);
        return walk.Image
            ?? throw new ImageException(component, walk.Tried, list.Advice)
            {
                NamedBy = walk.NamedBy,
                // Without a registry in it the name is meant for the engine.
                IsNameAtFault = list.Named is { } named && (!walk.MetSilence || named.Registry is null),
            };
    }

    private static async Task<Walk> WalkAsync(IEnumerable<IImageSource> sources, CancellationToken cancellationToken)
    {
        var walk = new Walk(null, [], null, MetSilence: false);
        foreach (var source in sources)
        {
            var answer = await source.TryAsync(walk.Tried, cancellationToken).ConfigureAwait(false);
            if (answer.Image is not null)
                return walk with { Image = answer.Image };
            walk = new Walk(null, [.. walk.Tried, answer.Reason], walk.NamedBy ?? answer.NamedBy, walk.MetSilence || answer.IsSilence);
        }

        return walk;
    }

    /// <summary>Waits for all; the first failure stops the others, and is the one that is thrown.</summary>
    private async Task AllOrStopAsync(List<Task<ComponentImage>> work)
    {
        Exception? first = null;
        await foreach (var done in Task.WhenEach(work).ConfigureAwait(false))
        {
            if (done.IsCompletedSuccessfully || first is not null)
                continue;
            try
            {
                await done.ConfigureAwait(false);
            }
            catch (Exception e)
            {
                first = e;
                await failed.CancelAsync().ConfigureAwait(false);
            }
        }

        if (first is not null)
            ExceptionDispatchInfo.Throw(first);
    }

    /// <summary>What came of some ways: an image, or why there is none.</summary>
    private sealed record Walk(ComponentImage? Image, IReadOnlyList<string> Tried, string? NamedBy, bool MetSilence);
}
