using Verification.Objectives;

namespace Verification.Stack.Images.Sources;

/// <summary>An image made from a recipe of <c>images/</c>.</summary>
/// <param name="workshop">Where it is made.</param>
/// <param name="recipe">How.</param>
/// <param name="tag">The name it gets.</param>
/// <param name="there">Where it is found then.</param>
/// <param name="component">Component it is for.</param>
internal sealed class FromRecipe(Workshop workshop, Recipe recipe, ImageName tag, OnEngine there, string component) : IImageSource
{
    private const long NeededBytes = 2L << 30;

    /// <summary>Whether all that no package holds is given: then it can be made wherever there are packages.</summary>
    public bool IsGiven => recipe.Archives.TrueForAll(archive => archive.IsGiven) && recipe.Programs.TrueForAll(program => program.IsGiven);

    public async Task<SourceAnswer> TryAsync(IReadOnlyList<string> tried, CancellationToken cancellationToken)
    {
        await workshop.TakeTurnAsync(component, cancellationToken).ConfigureAwait(false);
        // Whoever had the turn before may have made it.
        if (await there.TryAsync(tried, cancellationToken).ConfigureAwait(false) is { Image: not null } made)
            return made;
        var date = await workshop.DateOfAsync(workshop.Tags.SourcesOf(recipe), cancellationToken).ConfigureAwait(false);
        try
        {
            CheckSpace(ImageStore.CacheFolder);
            var app = recipe.Project is { } project
                ? await workshop.PublishedAsync(project, cancellationToken).ConfigureAwait(false)
                : null;
            await workshop
                .Builder.BuildAsync(recipe, tag, app, date, step => workshop.Say(component, step), cancellationToken)
                .ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            return SourceAnswer.Not($"recipe images/{recipe.Name}: {e.Message}", (e as MissingPieceException)?.NamedBy);
        }

        workshop.Say(component, "ready");
        var answer = await there.TryAsync(tried, cancellationToken).ConfigureAwait(false);
        return answer.Image is { } image ? SourceAnswer.Found(image with { Source = $"images/{recipe.Name}, made now" }) : answer;
    }

    private static void CheckSpace(string folder)
    {
        var free = new DriveInfo(Path.GetFullPath(folder)).AvailableFreeSpace;
        if (free < NeededBytes)
            throw new IOException(
                $"{folder} has {Size.Text(free)} free, making images takes {Size.Text(NeededBytes)}: free disk space there and start again"
            );
    }
}
