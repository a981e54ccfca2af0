using System.Collections.Concurrent;
using Verification.Platform;
using Verification.Stack.Readiness;

namespace Verification.Tests.Deployment.Cluster;

/// <summary>Clients that come in by the gateway until they are ended: one that posts and one that lists at their ease; and, while load is
/// made, more and more that post, at a walking pace each.</summary>
internal sealed class GatewayClients : IAsyncDisposable
{
    private const int MostUnderLoad = 12;
    private static readonly TimeSpan Ease = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan AnsweredWithin = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Growth = TimeSpan.FromSeconds(2);
    private readonly CancellationTokenSource end = new(),
        grown = new();
    private readonly ConcurrentQueue<PostAnswer> posts = new();
    private readonly ConcurrentQueue<HttpAnswer> unlisted = new();
    private readonly List<BuffTraffic> load = [];
    private readonly PlatformUnderTest platform;
    private readonly IHttpTransport lister;
    private readonly string prefix;
    private readonly Task atEase;
    private Task growing = Task.CompletedTask;
    private int lists;

    /// <summary>Starts those that are at their ease.</summary>
    /// <param name="platform">The platform, by the gateway.</param>
    /// <param name="lister">The client that lists; it goes with this. What it gets is not kept: it may be large, and often.</param>
    /// <param name="prefix">What each question starts with.</param>
    public GatewayClients(PlatformUnderTest platform, IHttpTransport lister, string prefix)
    {
        (this.platform, this.lister, this.prefix) = (platform, lister, prefix);
        atEase = Task.WhenAll(UntilEndAsync(PostAsync), UntilEndAsync(_ => ListAsync()));
    }

    /// <summary>What each question of the load starts with.</summary>
    public string LoadPrefix => $"{prefix} load";

    /// <summary>How many requests were answered, well or not; that of those under load once it has ended.</summary>
    public long Requests => posts.Count + lists;

    /// <summary>Every request that failed.</summary>
    public IReadOnlyList<string> Failed =>
        [
            .. posts.Where(post => post.Outcome != Outcome.Ok).Select(post => $"POST: {post}"),
            .. unlisted.Select(list =>
                $"GET: {(list.Status == 0 ? $"no answer ({list.Error?.GetBaseException().Message})" : $"{list.Status} {Cut.To(list.Body, 60)}")}"
            ),
        ];

    /// <summary>Waits until more requests are answered, well or not.</summary>
    /// <param name="more">How many.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="StateNotSeenException">They were not within a minute.</exception>
    public Task AwaitRequestsAsync(int more, CancellationToken cancellationToken)
    {
        var wanted = Requests + more;
        return Eventually.IsTrueAsync(
            $"{more} more requests are answered",
            AnsweredWithin,
            _ => Task.FromResult(Requests >= wanted),
            cancellationToken
        );
    }

    /// <summary>Makes load from here on: another client each 2 s, 12 at most, until it is enough. It stays as it is then.</summary>
    /// <param name="isEnough">Whether it is.</param>
    public void MakeLoad(Func<bool> isEnough) => growing = GrowAsync(isEnough);

    /// <summary>Ends the load; the others go on.</summary>
    /// <returns>A question that was acknowledged late; null where none was.</returns>
    public async Task<string?> EndLoadAsync()
    {
        await grown.CancelAsync();
        await growing;
        var ended = await Task.WhenAll(load.Select(traffic => traffic.EndAsync()));
        foreach (var post in ended.SelectMany(each => each))
            posts.Enqueue(post);
        foreach (var traffic in load)
            await traffic.DisposeAsync();
        load.Clear();
        return ended
            .Select(each => each.LastOrDefault(post => post.Outcome == Outcome.Ok)?.Marker)
            .LastOrDefault(marker => marker is not null);
    }

    /// <summary>Ends all of them; a request that is under way is let finish.</summary>
    public async Task EndAsync()
    {
        await EndLoadAsync();
        await end.CancelAsync();
        await atEase;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        lister.Dispose();
        end.Dispose();
        grown.Dispose();
    }

    private async Task GrowAsync(Func<bool> isEnough)
    {
        using var timer = new PeriodicTimer(Growth);
        do load.Add(new BuffTraffic(platform, $"{LoadPrefix} {load.Count}", clients: 1));
        while (load.Count < MostUnderLoad && await GoesOnAsync(timer, grown.Token) && !isEnough());
    }

    private async Task UntilEndAsync(Func<int, Task> ask)
    {
        using var timer = new PeriodicTimer(Ease);
        var index = 0;
        do await ask(index++);
        while (await GoesOnAsync(timer, end.Token));
    }

    private static async Task<bool> GoesOnAsync(PeriodicTimer timer, CancellationToken end)
    {
        try
        {
            return await timer.WaitForNextTickAsync(end);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private async Task PostAsync(int index) =>
        posts.Enqueue(
            await platform.PostAsync(new BuffToPost($"{prefix} at ease {index}") { Process = "at-ease" }, CancellationToken.None)
        );

    private async Task ListAsync()
    {
        var answer = await lister.SendAsync(new HttpQuestion(HttpMethod.Get, Contract.ListPath), CancellationToken.None);
        Interlocked.Increment(ref lists);
        if (answer.Status != 200)
            unlisted.Enqueue(answer);
    }
}
