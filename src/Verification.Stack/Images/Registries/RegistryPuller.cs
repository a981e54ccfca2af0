using System.Collections.Concurrent;
using Docker.DotNet;
using Docker.DotNet.Models;
using Verification.Stack.Engine;

namespace Verification.Stack.Images.Registries;

/// <summary>Pulls images through the engine, which has its own way out. A registry that does not answer is asked once.</summary>
internal sealed class RegistryPuller(DockerEngine engine, EngineImages images, RegistryChoice choice, TimeProvider time)
{
    /// <summary>How long a registry may take to say that it has an image.</summary>
    public static readonly TimeSpan AnswerDeadline = TimeSpan.FromSeconds(3);

    private static readonly string[] Silences =
        ["dial tcp", "no such host", "connection refused", "timeout", "deadline exceeded", "no route", "proxyconnect", "TLS handshake"];

    private static readonly TimeSpan PullDeadline = TimeSpan.FromMinutes(10);
    private readonly ConcurrentDictionary<string, string> silent = new();
    private readonly ConcurrentDictionary<string, SemaphoreSlim> asking = new();

    /// <summary>Pulls an image, and gives it its own name if it came from a mirror.</summary>
    /// <returns>Null if it is there now, else why not.</returns>
    public async Task<string?> TryPullAsync(string image, CancellationToken cancellationToken)
    {
        if (!choice.Allowed)
            return $"registry: {RegistryChoice.Variable}=none forbids it";

        var host = choice.HostOf(image);
        var reason = "";
        foreach (var reference in choice.References(image))
        {
            if (silent.TryGetValue(host, out var known))
                return $"registry {host}: {known}";
            try
            {
                await PullAsync(host, reference, cancellationToken).ConfigureAwait(false);
                if (await images.FindAsync(reference, cancellationToken).ConfigureAwait(false) is not null)
                {
                    if (reference != image)
                        await images.TagAsync(reference, image, cancellationToken).ConfigureAwait(false);
                    return null;
                }
            }
            catch (Exception e) when (e is DockerApiException or HttpRequestException or IOException or InvalidOperationException or TimeoutException)
            {
                reason = $"registry {host}: {Shorten(e.Message)}";
                if (e is TimeoutException || IsSilence(e.Message))
                    silent[host] = Shorten(e.Message);
            }
        }

        return reason;
    }

    /// <summary>Whether an engine's error means that no registry answers, rather than that it lacks the image.</summary>
    internal static bool IsSilence(string message) => Array.Exists(Silences, word => message.Contains(word, StringComparison.OrdinalIgnoreCase));

    private static string Shorten(string message)
    {
        var line = message.ReplaceLineEndings(" ").Trim();
        return line.Length > 240 ? line[..240] + "…" : line;
    }

    private async Task PullAsync(string host, string reference, CancellationToken cancellationToken)
    {
        // One at a time until the first answer: whoever comes next knows whether the registry is there.
        var turn = asking.GetOrAdd(host, _ => new SemaphoreSlim(1));
        await turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        var held = true;
        try
        {
            if (silent.TryGetValue(host, out var known))
                throw new InvalidOperationException(known);

            using var whole = new CancellationTokenSource(PullDeadline, time);
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, whole.Token);
            var answer = new FirstAnswer();
            var (name, tag) = EngineImages.Split(reference);
            var pull = engine.Client.Images.CreateImageAsync(new ImagesCreateParameters { FromImage = name, Tag = tag }, new AuthConfig(), answer, stop.Token);
            var first = await Task.WhenAny(pull, answer.Seen, Task.Delay(AnswerDeadline, time, stop.Token)).ConfigureAwait(false);
            if (first != pull && first != answer.Seen)
            {
                await stop.CancelAsync().ConfigureAwait(false);
                await pull.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                cancellationToken.ThrowIfCancellationRequested();
                throw new TimeoutException($"no answer within {AnswerDeadline.TotalSeconds:0} s");
            }

            turn.Release();
            held = false;
            await pull.ConfigureAwait(false);
            if (answer.Error is { } error)
                throw new InvalidOperationException(error);
        }
        finally
        {
            if (held)
                turn.Release();
        }
    }

    private sealed class FirstAnswer : IProgress<JSONMessage>
    {
        private readonly TaskCompletionSource seen = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Seen => seen.Task;

        public string? Error { get; private set; }

        public void Report(JSONMessage value)
        {
            Error ??= value.Error?.Message;
            seen.TrySetResult();
        }
    }
}
