namespace Verification.Stack.Images.Sources;

/// <summary>A service's image made from a project of the checkout, on the image of another component.</summary>
/// <param name="workshop">Where it is made.</param>
/// <param name="service">What it is made of.</param>
/// <param name="component">Component it is for.</param>
/// <param name="basis">The image it stands on, once that can be had.</param>
/// <param name="there">Where it is found then.</param>
internal sealed class FromProject(
    Workshop workshop,
    ServiceEntry service,
    string component,
    Func<CancellationToken, Task<ComponentImage>> basis,
    OnEngine there
) : IImageSource
{
    public async Task<SourceAnswer> TryAsync(IReadOnlyList<string> tried, CancellationToken cancellationToken)
    {
        await workshop.TakeTurnAsync(component, cancellationToken).ConfigureAwait(false);
        if (await there.TryAsync(tried, cancellationToken).ConfigureAwait(false) is { Image: not null } made)
            return made;
        var date = await workshop.DateOfAsync(workshop.Tags.SourcesOf(service), cancellationToken).ConfigureAwait(false);

        var coming = basis(cancellationToken);
        // The compiler would take the processor from what all recipes wait for.
        await Task.WhenAny(workshop.Builder.Resolved, coming).WaitAsync(cancellationToken).ConfigureAwait(false);
        string published;
        try
        {
            workshop.Say(component, "publishing");
            published = await workshop.PublishedAsync(service.Project, cancellationToken).ConfigureAwait(false);
        }
        catch (InvalidOperationException e)
        {
            return SourceAnswer.Not(e.Message);
        }

        var below = await coming.ConfigureAwait(false);
        var tag = workshop.Tags.Of(service, component, below.Digest);
        workshop.Say(component, $"building on {below.Image}");
        try
        {
            await workshop
                .Images.BuildAsync(
                    tag,
                    Path.Combine(workshop.Root.Images, service.Recipe, "Dockerfile"),
                    published,
                    KeyValuePair.Create("BASE", below.Image),
                    new Dictionary<string, string> { [EngineImages.NameLabel] = component, [EngineImages.VersionLabel] = tag.Version },
                    date,
                    cancellationToken
                )
                .ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return SourceAnswer.Not($"build of {service.Project} on {below.Image}: {e.Message}");
        }

        workshop.Say(component, "ready");
        var answer = await there.TryAsync(tried, cancellationToken).ConfigureAwait(false);
        return answer.Image is { } image ? SourceAnswer.Found(image with { Source = $"{service.Project}, made now" }) : answer;
    }
}
