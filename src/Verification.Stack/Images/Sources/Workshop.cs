using System.Diagnostics;
using Verification.Stack.Images.Services;
using Verification.Stack.Runs;
using Verification.Stack.Sessions;

namespace Verification.Stack.Images.Sources;

/// <summary>What all that is made in one call shares: the turn on this machine, the package index, one publication of all
/// services.</summary>
internal sealed class Workshop(ProjectRoot root, EngineImages images, TimeProvider time, IProgress<ImageProgress>? progress)
    : IAsyncDisposable
{
    private readonly long started = Stopwatch.GetTimestamp();
    private readonly Lock taking = new();
    private readonly HashSet<string> projects = [];
    private Task<HeldFile>? turn;
    private Task<IReadOnlyDictionary<string, string>>? publication;
    private string? publishedTo;

    public ProjectRoot Root => root;

    public EngineImages Images => images;

    public ContentTags Tags { get; } = new(root);

    public RecipeBuilder Builder { get; } = new(images, ImageStore.CacheFolder);

    public void Say(string component, string step) =>
        progress?.Report(new ImageProgress(component, step, Stopwatch.GetElapsedTime(started)));

    /// <summary>The date of what is made of some sources.</summary>
    /// <exception cref="FormatException">The date that the environment names is none.</exception>
    public Task<DateTimeOffset> DateOfAsync(IReadOnlyList<string> sources, CancellationToken cancellationToken) =>
        SourceDate.OfAsync(VerifyVariables.Value(VerifyVariables.SourceDateEpoch), root, sources, time, cancellationToken);

    /// <summary>Waits until nobody else makes images on this machine; the turn is kept until the end.</summary>
    public async Task TakeTurnAsync(string component, CancellationToken cancellationToken)
    {
        Task<HeldFile> taken;
        lock (taking)
        {
            taken = turn ??= MachineLock.TakeAsync(
                ImageStore.LockOfMaking,
                ImageStore.AdviceOfMaking,
                time,
                holder => Say(component, $"waiting for {holder}, which makes images"),
                cancellationToken
            );
        }

        await taken.ConfigureAwait(false);
    }

    /// <summary>Names a project that will be asked for: all that are named before the first is asked for are published in one
    /// build.</summary>
    public void Expect(string project) => projects.Add(project);

    /// <summary>The folder of a published project.</summary>
    /// <exception cref="InvalidOperationException">The build failed; the message holds its errors.</exception>
    public async Task<string> PublishedAsync(string project, CancellationToken cancellationToken)
    {
        Task<IReadOnlyDictionary<string, string>> published;
        lock (taking)
        {
            published = publication ??= ServicePublisher.PublishAsync(
                root,
                [.. projects.Append(project).Distinct()],
                publishedTo = Directory.CreateTempSubdirectory("verification-publish-").FullName,
                cancellationToken
            );
        }

        return (await published.ConfigureAwait(false))[project];
    }

    public async ValueTask DisposeAsync()
    {
        if (publication is not null)
            await ((Task)publication).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (publishedTo is not null)
            Directory.Delete(publishedTo, recursive: true);
        Builder.Dispose();
        if (turn is null)
            return;
        await ((Task)turn).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (turn.IsCompletedSuccessfully)
            (await turn.ConfigureAwait(false)).Dispose();
    }
}
