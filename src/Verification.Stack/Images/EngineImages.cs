using System.IO.Pipelines;
using System.Net;
using Docker.DotNet;
using Docker.DotNet.Models;
using Verification.Objectives;
using Verification.Stack.Engine;

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
    public async Task ImportAsync(string image, string component, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken)
    {
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 1 << 22, resumeWriterThreshold: 1 << 21));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var producer = ProduceAsync(pipe.Writer, write, stop.Token);
        try
        {
            var name = ImageName.Parse(image);
            var log = new BuildLog();
            await using var body = pipe.Reader.AsStream();
            await engine.Client.Images.CreateImageAsync(
                new ImagesCreateParameters { FromSrc = "-", Repo = name.Name, Tag = name.Version, Changes = [$"LABEL {NameLabel}={component}"] }, body, new AuthConfig(), log, stop.Token).ConfigureAwait(false);
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

    /// <summary>Builds a Dockerfile, with the files of a folder beside it under <c>app/</c> if one is given.</summary>
    /// <exception cref="InvalidOperationException">A step failed; the message ends with the build's last lines.</exception>
    public async Task BuildAsync(
        string image, string dockerfile, string? app, IDictionary<string, string> arguments, IDictionary<string, string> labels, CancellationToken cancellationToken)
    {
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 1 << 22, resumeWriterThreshold: 1 << 21));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var producer = ProduceAsync(pipe.Writer, (s, ct) => WriteContextAsync(s, dockerfile, app, ct), stop.Token);
        try
        {
            var log = new BuildLog();
            await using var body = pipe.Reader.AsStream();
            await engine.Client.Images.BuildImageFromDockerfileAsync(
                new ImageBuildParameters
                {
                    Dockerfile = "Dockerfile",
                    Tags = [image],
                    BuildArgs = arguments,
                    Labels = labels,
                    Remove = true,
                    ForceRemove = true,
                    NetworkMode = "none",
                },
                body, [], new Dictionary<string, string>(), log, stop.Token).ConfigureAwait(false);
            await producer.ConfigureAwait(false);
            log.ThrowIfFailed();
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await producer.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Takes a name away; layers that others stand on stay.</summary>
    public async Task UntagAsync(string image, CancellationToken cancellationToken)
    {
        try
        {
            await engine.Client.Images.DeleteImageAsync(image, new ImageDeleteParameters { Force = true, NoPrune = false }, cancellationToken).ConfigureAwait(false);
        }
        catch (DockerApiException e) when (e.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Conflict)
        {
            // It never came to be, is gone already, or another stands on it.
        }
    }

    /// <summary>Removes what builds of a component that failed have left: images of its label without a name that no other stands on.</summary>
    public async Task RemoveRemainsAsync(string component, CancellationToken cancellationToken)
    {
        var filters = new Dictionary<string, IDictionary<string, bool>>
        {
            ["dangling"] = new Dictionary<string, bool> { ["true"] = true },
            ["label"] = new Dictionary<string, bool> { [$"{NameLabel}={component}"] = true },
        };
        foreach (var image in await engine.Client.Images.ListImagesAsync(new ImagesListParameters { Filters = filters }, cancellationToken).ConfigureAwait(false))
            await UntagAsync(image.ID, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Gives a second name.</summary>
    public Task TagAsync(string image, ImageName second, CancellationToken cancellationToken) =>
        engine.Client.Images.TagImageAsync(image, new ImageTagParameters { RepositoryName = second.Name, Tag = second.Version }, cancellationToken);

    private static async Task ProduceAsync(PipeWriter writer, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken)
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

    private static async Task WriteContextAsync(Stream stream, string dockerfile, string? app, CancellationToken cancellationToken)
    {
        await using var context = new RootFileSystem(stream, _ => false);
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
                foreach (var line in (value.Stream ?? value.Status ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
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
