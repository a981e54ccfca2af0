using System.Collections.Concurrent;
using Verification.Objectives;
using Verification.Stack.Readiness;

namespace Verification.Platform;

/// <summary>Clients that post one buff after the other, at a walking pace, whatever happens to the platform, until the traffic is
/// ended.</summary>
public sealed class BuffTraffic : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);
    private readonly CancellationTokenSource end = new();
    private readonly ConcurrentQueue<PostAnswer> answers = new();
    private readonly PlatformUnderTest platform;
    private readonly string prefix;
    private readonly IReadOnlyList<Task> clients;
    private volatile PostAnswer? last;

    /// <summary>Starts it.</summary>
    /// <param name="platform">Through whose Dashboard it goes.</param>
    /// <param name="prefix">What each of its questions starts with: of no other traffic.</param>
    /// <param name="clients">How many clients.</param>
    public BuffTraffic(PlatformUnderTest platform, string prefix, int clients)
    {
        this.platform = platform;
        this.prefix = prefix;
        this.clients = [.. Enumerable.Range(0, clients).Select(client => PostUntilEndAsync(client, clients))];
    }

    /// <summary>What each of its questions starts with.</summary>
    public string Prefix => prefix;

    /// <summary>Every POST that has ended.</summary>
    public IReadOnlyList<PostAnswer> Answers => [.. answers];

    private int Acknowledged => answers.Count(answer => answer.Outcome == Outcome.Ok);

    /// <summary>Waits until so many more POSTs are acknowledged.</summary>
    /// <exception cref="StateNotSeenException">They were not within 30 s.</exception>
    public Task AwaitAcknowledgedAsync(int more, CancellationToken cancellationToken)
    {
        var had = Acknowledged;
        return Eventually.SeeAsync(
            $"{more} more POSTs are acknowledged",
            platform.WhileDashboardRuns(Deadline),
            _ => Task.FromResult(new Progress(Acknowledged - had, last)),
            progress => progress.Acknowledged >= more,
            cancellationToken
        );
    }

    /// <summary>Ends it. The last POSTs are let finish: a cancelled one would be one of unknown outcome.</summary>
    /// <returns>Every POST.</returns>
    public async Task<IReadOnlyList<PostAnswer>> EndAsync()
    {
        await end.CancelAsync();
        await Task.WhenAll(clients);
        return Answers;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        end.Dispose();
    }

    private async Task PostUntilEndAsync(int client, int clients)
    {
        for (var index = 0; !end.IsCancellationRequested; index++)
        {
            var answer = await platform.PostAsync(
                new BuffToPost($"{prefix} {client}-{index}") { Process = $"client-{client}" },
                CancellationToken.None
            );
            answers.Enqueue(answer);
            last = answer;
            await Pace.StepAsync(clients, end.Token);
        }
    }

    /// <summary>How far it has come.</summary>
    private sealed record Progress(int Acknowledged, PostAnswer? Last)
    {
        public override string ToString() => $"{Acknowledged} of them; the last answer: {Last?.ToString() ?? "none yet"}";
    }
}
