using System.Collections.Concurrent;
using Verification.Cluster.Deployments;
using Verification.Platform;

namespace Verification.Tests.Deployment.Cluster;

/// <summary>What is renewed while clients come in by the gateway.</summary>
public sealed class RestartTests(SuiteFixture suite, ExposedFixture exposed) : ExposedTest(suite, exposed)
{
    private const string Proxy = "proxy";

    [Theory]
    [InlineData("dashboard")]
    [InlineData("server")]
    [InlineData(Proxy)]
    [Objective("rolling.answers")]
    [Objective("rolling.lossless")]
    public async Task A_rolling_restart_under_traffic_fails_no_request_and_loses_no_buff(string target)
    {
        var platform = await RequireExposedAsync();
        await using var stack = await platform.Platform.AttachAsync(Cancellation);
        var history = new ScenarioHistory(Suite.History, TestName);
        await using var driven = PlatformUnderTest.Of(stack, history, Suite.Folder, (_, _) => platform.NewClient(platform.Token()));
        var prefix = Marker.New("rolling");
        var lists = new ConcurrentQueue<ListAnswer>();
        using var over = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        await using var traffic = new BuffTraffic(driven, prefix, clients: 2);
        var listing = ListUntilEndAsync(driven, lists, over.Token);

        await traffic.AwaitAcknowledgedAsync(20, Cancellation);
        var (space, name) = target == Proxy ? await platform.ProxiesAsync(Cancellation) : (LocalPlatform.Namespace, target);
        await Rollout.RestartAsync(platform.Client, space, name, Cancellation);
        await traffic.AwaitAcknowledgedAsync(20, Cancellation);
        await over.CancelAsync();
        await listing;
        var posts = await traffic.EndAsync();
        var failed = posts
            .Where(post => post.Outcome != Outcome.Ok)
            .Select(post => $"POST: {post}")
            .Concat(lists.Where(list => !list.IsList).Select(list => $"GET: {list}"))
            .ToList();
        Keep(Measurement.OfDeviations("rolling.answers", failed, posts.Count + lists.Count) with { Target = target });

        var account = await driven.Account.CloseAsync(prefix, Cancellation);
        Decide(Measurement.OfAccount("rolling.lossless", account) with { Target = target });
    }

    /// <summary>One client that lists, well within its limit.</summary>
    private static async Task ListUntilEndAsync(PlatformUnderTest driven, ConcurrentQueue<ListAnswer> lists, CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            lists.Enqueue(await driven.ListAsync(CancellationToken.None));
            await Pace.StepAsync(end);
            await Pace.StepAsync(end);
        }
    }
}
