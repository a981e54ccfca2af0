using System.IO.Pipelines;
using System.Net;
using Docker.DotNet;
using Docker.DotNet.Models;
using Verification.Objectives;
using Verification.Stack.Engine;
using Verification.Stack.Images.Saved;

namespace Verification.Stack.Images;

/// <summary>Images on the engine: looking, importing, building.</summary>
internal sealed class EngineImages(DockerEngine engine)
{
    public const string NameLabel = "verification.image";
    public const string VersionLabel = "verification.version";

    /// <summary>Null if the engine has no image of that name.</summary>
    public async Task<ImageInspectResponse?> FindAsync(string image, CancellationToken cancellationToken)
    {
        try
        {
            return await engine.Client.Images.InspectImageAsync(image, cancellationToken).ConfigureAwait(false);
        }
        catch (DockerImageNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Makes an image of one layer from a tar that <paramref name="write"/> produces while the engine reads it.</summary>
    public Task ImportAsync(
        string image,
        string component,
        Func<Stream, CancellationToken, Task> write,
        CancellationToken cancellationToken
    )
    {
        var name = ImageName.Parse(image);
        return FeedAsync(
            write,
            (body, log, ct) =>
                engine.Client.Images.CreateImageAsync(
                    new ImagesCreateParameters
                    {
                        FromSrc = "-",
                        Repo = name.Name,
                        Tag = name.Version,
                        Changes = [$"LABEL {NameLabel}={component}"],
                    },
                    body,
                    new AuthConfig(),
                    log,
                    ct
                ),
            cancellationToken
        );
    }

    /// <summary>An image, layers and all, in a file that goes with it.</summary>
    public async Task<SavedImage> SaveAsync(string image, CancellationToken cancellationToken)
    {
        var saved = await engine.Client.Images.SaveImageAsync(image, cancellationToken).ConfigureAwait(false);
        await using var disposal = saved.ConfigureAwait(false);
        return await SavedImage.ReadAsync(saved, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Builds a Dockerfile on an image, with the files of a folder beside it under <c>app/</c> if one is given. Nothing that is
    /// added is younger than a date.</summary>
    /// <param name="image">The name that it gets.</param>
    /// <param name="dockerfile">Path of the Dockerfile.</param>
    /// <param name="app">The folder.</param>
    /// <param name="basis">The argument by which the Dockerfile takes the image that it stands on, and that image.</param>
    /// <param name="labels">Its labels.</param>
    /// <param name="date">The date, in whole seconds.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="InvalidOperationException">A step failed; the message ends with the build's last lines.</exception>
    public async Task BuildAsync(
        ImageName image,
        string dockerfile,
        string? app,
        KeyValuePair<string, string> basis,
        IDictionary<string, string> labels,
        DateTimeOffset date,
        CancellationToken cancellationToken
    )
    {
        // Nobody may find it under its own name before it is what it will be.
        var built = $"{image.Name}-undated:{image.Version}";
        try
        {
            var parameters = new ImageBuildParameters
            {
                Dockerfile = "Dockerfile",
                Tags = [built],
                BuildArgs = new Dictionary<string, string>([basis]),
                Labels = labels,
                Remove = true,
                ForceRemove = true,
                NetworkMode = "none",
            };
            await FeedAsync(
                    (stream, ct) => WriteContextAsync(stream, dockerfile, app, date, ct),
                    (body, log, ct) =>
                        engine.Client.Images.BuildImageFromDockerfileAsync(parameters, body, [], new Dictionary<string, string>(), log, ct),
                    cancellationToken
                )
                .ConfigureAwait(false);
            var below = await FindAsync(basis.Value, cancellationToken).ConfigureAwait(false) is { RootFS.Layers: { } layers }
                ? layers.Count
                : throw new InvalidOperationException($"the engine has no {basis.Value} any more, on which it was built");
            var saved = await SaveAsync(built, cancellationToken).ConfigureAwait(false);
            await using var disposal = saved.ConfigureAwait(false);
            if (!await TryLoadAboveAsync(saved, image, below, date, cancellationToken).ConfigureAwait(false))
                await LoadDatedAsync(saved, image, below, withBelow: true, date, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await UntagAsync(built, CancellationToken.None).ConfigureAwait(false);
        }
    }

    /// <summary>Takes a name away; layers that others stand on stay.</summary>
    public async Task UntagAsync(string image, CancellationToken cancellationToken)
    {
        try
        {
            await engine
                .Client.Images.DeleteImageAsync(image, new ImageDeleteParameters { Force = true, NoPrune = false }, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (DockerApiException e) when (e.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Conflict)
        {
            // It never came to be, is gone already, or another stands on it.
        }
    }

    /// <summary>Removes what builds of a component that failed have left: images of its label without a name that no other stands
    /// on.</summary>
    public async Task RemoveRemainsAsync(string component, CancellationToken cancellationToken)
    {
        var filters = new Dictionary<string, IDictionary<string, bool>>
        {
            ["dangling"] = new Dictionary<string, bool> { ["true"] = true },
            ["label"] = new Dictionary<string, bool> { [$"{NameLabel}={component}"] = true },
        };
        foreach (
            var image in await engine
                .Client.Images.ListImagesAsync(new ImagesListParameters { Filters = filters }, cancellationToken)
                .ConfigureAwait(false)
        )
            await UntagAsync(image.ID, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Gives a second name.</summary>
    public Task TagAsync(string image, ImageName second, CancellationToken cancellationToken) =>
        engine.Client.Images.TagImageAsync(
            image,
            new ImageTagParameters { RepositoryName = second.Name, Tag = second.Version },
            cancellationToken
        );

    /// <summary>Loads an image without the layers that it stands on, which are most of it: an engine that keeps layers by what they are
    /// knows them already.</summary>
    /// <returns>False where the engine takes only whole ones.</returns>
    private async Task<bool> TryLoadAboveAsync(
        SavedImage saved,
        ImageName image,
        int below,
        DateTimeOffset date,
        CancellationToken cancellationToken
    )
    {
        var info = await engine.Client.System.GetSystemInfoAsync(cancellationToken).ConfigureAwait(false);
        // That of containerd takes an image that lacks something, and says so when it is started.
        if (info.DriverStatus?.Any(each => each.FirstOrDefault() == "driver-type") is not false)
            return false;
        try
        {
            await LoadDatedAsync(saved, image, below, withBelow: false, date, cancellationToken).ConfigureAwait(false);
            return await FindAsync(image.OnEngine, cancellationToken).ConfigureAwait(false) is not null;
        }
        catch (Exception e) when (e is DockerApiException or InvalidOperationException)
        {
            return false;
        }
    }

    private Task LoadDatedAsync(
        SavedImage saved,
        ImageName image,
        int below,
        bool withBelow,
        DateTimeOffset date,
        CancellationToken cancellationToken
    ) =>
        FeedAsync(
            (stream, ct) => DatedImage.WriteAsync(saved, image, below, withBelow, date, stream, ct),
            (body, log, ct) => engine.Client.Images.LoadImageAsync(new ImageLoadParameters { Quiet = true }, body, log, ct),
            cancellationToken
        );

    /// <summary>Hands the engine a body that is written while it is read.</summary>
    private static async Task FeedAsync(
        Func<Stream, CancellationToken, Task> write,
        Func<Stream, IProgress<JSONMessage>, CancellationToken, Task> take,
        CancellationToken cancellationToken
    )
    {
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 1 << 22, resumeWriterThreshold: 1 << 21));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var producer = ProduceAsync(pipe.Writer, write, stop.Token);
        try
        {
            var log = new BuildLog();
            await using var body = pipe.Reader.AsStream();
            await take(body, log, stop.Token).ConfigureAwait(false);
            await producer.ConfigureAwait(false);
            log.ThrowIfFailed();
        }
        catch (Exception) when (producer.IsFaulted)
        {
            // The engine saw only a body that ended early: the reason is the producer's.
            await producer.ConfigureAwait(false);
            throw;
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await producer.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task ProduceAsync(
        PipeWriter writer,
        Func<Stream, CancellationToken, Task> write,
        CancellationToken cancellationToken
    )
    {
        Exception? failure = null;
        try
        {
            await using var stream = writer.AsStream(leaveOpen: true);
            await write(stream, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            failure = e;
            throw;
        }
        finally
        {
            await writer.CompleteAsync(failure).ConfigureAwait(false);
        }
    }

    private static async Task WriteContextAsync(
        Stream stream,
        string dockerfile,
        string? app,
        DateTimeOffset date,
        CancellationToken cancellationToken
    )
    {
        await using var context = new RootFileSystem(stream, _ => false, date);
        await context.AddFileAsync(dockerfile, "Dockerfile", cancellationToken).ConfigureAwait(false);
        if (app is not null)
            await context.AddFolderAsync(app, "app", cancellationToken).ConfigureAwait(false);
    }

    private sealed class BuildLog : IProgress<JSONMessage>
    {
        private const int Kept = 10;
        private const int Longest = 300;
        private readonly Queue<string> lines = new();
        private string? error;

        public void Report(JSONMessage value)
        {
            lock (lines)
            {
                error ??= value.Error?.Message;
                foreach (
                    var line in (value.Stream ?? value.Status ?? "").Split(
                        '\n',
                        StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries
                    )
                )
                {
                    lines.Enqueue(line.Length > Longest ? line[..Longest] + "…" : line);
                    if (lines.Count > Kept)
                        lines.Dequeue();
                }
            }
        }

        public void ThrowIfFailed()
        {
            lock (lines)
            {
                if (error is not null)
                    throw new InvalidOperationException($"the engine says: {error}; its last lines: {string.Join(" | ", lines)}");
            }
        }
    }
}
