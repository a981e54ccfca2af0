using System.Collections.Concurrent;
using Docker.DotNet;
using Docker.DotNet.Models;
using Verification.Objectives;
using Verification.Stack.Engine;

namespace Verification.Stack.Images.Registries;

/// <summary>Pulls images through the engine, which has its own way out. A registry that does not answer is asked once.</summary>
internal sealed class RegistryPuller(
    DockerEngine engine,
    EngineImages images,
    RegistryChoice choice,
    RegistryCredentials credentials,
    TimeProvider time
)
{
    private static readonly string[] Silences =
    [
        "dial tcp",
        "no such host",
        "connection refused",
        "timeout",
        "deadline exceeded",
        "no route",
        "proxyconnect",
        "TLS handshake",
    ];

    private const int LongestSentence = 240;
    private static readonly TimeSpan PullDeadline = TimeSpan.FromMinutes(10);
    private readonly ConcurrentDictionary<string, string> silent = new();
    private readonly ConcurrentDictionary<string, SemaphoreSlim> asking = new();

    /// <summary>Which registries are asked.</summary>
    public RegistryChoice Choice => choice;

    /// <summary>Pulls an image by its digest or else its tag; one that the engine has as the registry has it is not transferred
    /// again.</summary>
    /// <returns>The name under which it is here now, else null and why not. What came from a mirror by its tag has its own name.</returns>
    public async Task<(ImageName? Pulled, string Reason)> PullAsync(ImageName image, CancellationToken cancellationToken)
    {
        if (!choice.Allowed)
            return (null, $"registry: {RegistryChoice.Variable}=none forbids it");

        var host = choice.HostOf(image);
        var reason = "";
        foreach (var reference in choice.References(image))
        {
            if (silent.TryGetValue(host, out var known))
                return (null, $"registry {host}: {known}");
            var (login, problem) = await credentials.OfAsync(host, cancellationToken).ConfigureAwait(false);
            try
            {
                await PullAsync(host, reference, login, cancellationToken).ConfigureAwait(false);
                if (await images.FindAsync(reference.OnEngine, cancellationToken).ConfigureAwait(false) is null)
                {
                    reason = $"registry {host}: {reference} was pulled, but the engine does not have it";
                    continue;
                }

                if (image.Digest is not null)
                    return (reference, "");
                // Also under the same name: the engine notes when it was given, and that is since when the image lies here.
                await images.TagAsync(reference.OnEngine, image, cancellationToken).ConfigureAwait(false);
                return (image, "");
            }
            catch (Exception e)
                when (e is DockerApiException or HttpRequestException or IOException or InvalidOperationException or TimeoutException)
            {
                reason = $"registry {host}: {Sentence(e)}{(problem is null ? "" : $" ({problem})")}";
                if (e is TimeoutException || IsSilence(e.Message))
                    silent[host] = Sentence(e);
            }
        }

        return (null, reason);
    }

    /// <summary>Whether the registry of an image was asked for something, and did not answer.</summary>
    public bool IsSilent(ImageName image) => silent.ContainsKey(choice.HostOf(image));

    /// <summary>Whether an engine's error means that no registry answers, rather than that it lacks the image.</summary>
    internal static bool IsSilence(string message) =>
        Array.Exists(Silences, word => message.Contains(word, StringComparison.OrdinalIgnoreCase));

    /// <summary>What the engine says, without what its client puts around it, in one line.</summary>
    internal static string Sentence(Exception error)
    {
        var line = (error is DockerApiException { ResponseBody: { } body } ? EngineMessage.Of(body) : error.Message)
            .ReplaceLineEndings(" ")
            .Trim();
        return line.Length > LongestSentence ? line[..LongestSentence] + "…" : line;
    }

    private async Task PullAsync(string host, ImageName reference, AuthConfig? login, CancellationToken cancellationToken)
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
            var pull = engine.Client.Images.CreateImageAsync(
                new ImagesCreateParameters { FromImage = reference.Name, Tag = reference.Version },
                login ?? new AuthConfig(),
                answer,
                stop.Token
            );
            var first = await Task.WhenAny(pull, answer.Seen, Task.Delay(choice.AnswerDeadline, time, stop.Token)).ConfigureAwait(false);
            if (first != pull && first != answer.Seen)
            {
                await stop.CancelAsync().ConfigureAwait(false);
                await pull.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                cancellationToken.ThrowIfCancellationRequested();
                throw new TimeoutException(
                    $"no answer within {choice.AnswerDeadline.TotalSeconds:0.###} s ({RegistryChoice.TimeoutVariable} gives it more)"
                );
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
