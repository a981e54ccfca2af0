using k8s;
using k8s.Models;
using Verification.Cluster.Deployments;
using Verification.Platform;
using Verification.Stack.Readiness;

namespace Verification.Tests.Deployment.Cluster;

/// <summary>A release whose pods never get ready.</summary>
public sealed class BadImageTests(SuiteFixture suite, ExposedFixture exposed) : WholeTest(suite, exposed)
{
    private const string BadImage = "deploy.bad-image";
    private const string Server = "server";

    /// <summary>Requests that are awaited before the deployment, and again behind it.</summary>
    private const int Enough = 60;

    /// <summary>Less than production has, of which nothing is seen here but that it is over.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    private static readonly TimeSpan SeenWithin = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan GoneWithin = TimeSpan.FromSeconds(60);

    [Fact]
    [Objective("deploy.bad-image")]
    public async Task An_image_that_never_gets_ready_goes_back_by_itself_while_the_one_before_serves()
    {
        var platform = await RequireExposedAsync();
        // It runs, and answers nobody.
        var (bad, _) = await platform.Platform.Cluster.PinPauseAsync(Cancellation);
        await using var stack = await platform.Platform.AttachAsync(Cancellation);
        var history = new ScenarioHistory(Suite.History, TestName);
        await using var driven = PlatformUnderTest.Of(stack, history, Suite.Folder, (_, _) => platform.NewClient(platform.Token()));
        await using var clients = new GatewayClients(driven, platform.NewClient(token: null), Marker.New("bad-image"));
        await clients.AwaitRequestsAsync(Enough, Cancellation);

        var isBack = false;
        try
        {
            using var over = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
            var seeing = IsSeenAsync(platform, bad, over.Token);
            var refusal = await platform.Platform.SyncAsync(Server, bad, Patience, Cancellation);
            await over.CancelAsync();
            var wasSeen = await seeing;
            var left = await LeftAsync(platform, bad);
            await clients.AwaitRequestsAsync(Enough, Cancellation);
            await clients.EndAsync();
            isBack = left.Count == 0;

            Decide(
                wasSeen
                    ? Measurement.OfDeviations(
                        BadImage,
                        [
                            .. refusal is null ? ["an image that never gets ready was taken for deployed"] : (string[])[],
                            .. left.Select(pod => $"{pod} of that image is still there {GoneWithin.TotalSeconds:0} s after the deployment"),
                            .. clients.Failed,
                        ],
                        clients.Requests
                    )
                    : Measurement.NotMeasured(BadImage, $"no pod of that image was ever made: {refusal ?? "and nobody minded"}")
            );
        }
        finally
        {
            // For those that come after it.
            if (!isBack)
                await platform.Platform.SyncAsync(Server, further: string.Empty, CancellationToken.None);
        }
    }

    /// <summary>Whether there is a pod of an image before the end.</summary>
    private static async Task<bool> IsSeenAsync(ExposedPlatform platform, string image, CancellationToken end)
    {
        try
        {
            await Eventually.IsTrueAsync(
                $"a pod runs from {image}",
                SeenWithin,
                async ct => (await PodsAsync(platform, image, ct)).Count > 0,
                end
            );
            return true;
        }
        catch (Exception e) when (e is StateNotSeenException or OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>The pods of an image that do not go.</summary>
    private static async Task<IReadOnlyList<string>> LeftAsync(ExposedPlatform platform, string image)
    {
        IReadOnlyList<string> left = [];
        try
        {
            await Eventually.IsTrueAsync(
                $"no pod runs from {image}",
                GoneWithin,
                async ct => (left = await PodsAsync(platform, image, ct)).Count == 0,
                Cancellation
            );
        }
        catch (StateNotSeenException)
        {
            // Those that are left are told by name.
        }

        return left;
    }

    private static async Task<IReadOnlyList<string>> PodsAsync(
        ExposedPlatform platform,
        string image,
        CancellationToken cancellationToken
    ) =>
        [
            .. (await platform.Client.CoreV1.ListNamespacedPodAsync(LocalPlatform.Namespace, cancellationToken: cancellationToken))
                .Items.Where(pod => pod.Spec.Containers[0].Image == image)
                .Select(pod => $"pod {pod.Name()}"),
        ];
}
