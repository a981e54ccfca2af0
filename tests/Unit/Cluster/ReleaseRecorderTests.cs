using System.Net;
using k8s;
using k8s.Models;
using Verification.Cluster.Releases;
using Verification.Objectives;
using Verification.Stack.Control;
using Verification.Tests.Unit.Gate;
using Verification.Tests.Unit.Objectives;
using Xunit;

namespace Verification.Tests.Unit.Cluster;

/// <summary>Two hooks of one deployment record at once, to an API server in which another one is always quicker. It changes what all of the
/// process shares.</summary>
[Collection(nameof(WholeProcess))]
public sealed class ReleaseRecorderTests : IAsyncLifetime
{
    private static readonly RecordedRelease Golden = DocumentReader.Read(Files.Golden("release.json"), "release").As<RecordedRelease>();
    private readonly OwnFolder folder = new();
    private V1ConfigMap? stored;
    private int quicker;
    private WebApplication? server;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(options => options.Listen(IPAddress.Loopback, 0));
        server = builder.Build();
        server.MapPost(
            "/apis/authentication.k8s.io/v1/selfsubjectreviews",
            () => Results.Text("""{"status": {"userInfo": {"username": "ana"}}}""", "application/json")
        );
        const string Maps = "/api/v1/namespaces/sportbuff/configmaps";
        server.MapGet($"{Maps}/release-history", () => stored is null ? Results.NotFound() : Json(stored));
        server.MapPost(Maps, WriteAsync);
        server.MapPut($"{Maps}/release-history", WriteAsync);
        await server.StartAsync(Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        await server!.DisposeAsync();
        folder.Dispose();
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(false, 1)]
    [InlineData(true, 1)]
    [InlineData(true, 2)]
    public async Task Who_was_too_late_reads_and_writes_again_and_nothing_is_lost(bool isThere, int others)
    {
        if (isThere)
            Add("before");
        quicker = others;

        await RecordAsync();

        Assert.Equal(
            [
                .. isThere ? ["before"] : Array.Empty<string>(),
                .. Enumerable.Range(0, others).Select(left => $"other-{others - left}"),
                "ana",
            ],
            ReleaseHistory.Of(stored!).Releases.Select(release => release.User)
        );
    }

    [Fact]
    public async Task Who_is_always_too_late_is_told()
    {
        quicker = int.MaxValue;

        Assert.Contains("409", (await Assert.ThrowsAsync<StackUnreachableException>(RecordAsync)).Message, StringComparison.Ordinal);
        Assert.Equal(3, int.MaxValue - quicker);
    }

    private async Task RecordAsync()
    {
        var config = folder.Holding(
            "config",
            $$$"""
            apiVersion: v1
            kind: Config
            clusters: [{name: there, cluster: {server: "{{{server!.Urls.Single()}}}"}}]
            users: [{name: somebody, user: {token: secret}}]
            contexts: [{name: staging, context: {cluster: there, user: somebody}}]
            """
        );
        using var variable = new SetVariable("KUBECONFIG", config);
        await ReleaseRecorder.RecordAsync(
            "staging",
            "sportbuff",
            user => Golden with { User = user, At = Golden.At.AddDays(1) },
            Cancellation
        );
    }

    private async Task<IResult> WriteAsync(HttpRequest request)
    {
        if (quicker > 0)
        {
            Add($"other-{quicker--}");
            return Results.Text("""{"reason": "Conflict"}""", "application/json", statusCode: 409);
        }

        using var body = new StreamReader(request.Body);
        stored = KubernetesJson.Deserialize<V1ConfigMap>(await body.ReadToEndAsync(Cancellation));
        return Json(stored);
    }

    /// <summary>Somebody else records.</summary>
    private void Add(string user)
    {
        var before = stored is null ? ReleaseHistory.None : ReleaseHistory.Of(stored);
        stored ??= new V1ConfigMap();
        before.With(Golden with { User = user, At = Golden.At.AddMinutes(before.Releases.Count) }).WriteTo(stored);
    }

    private static IResult Json(V1ConfigMap map) => Results.Text(KubernetesJson.Serialize(map), "application/json");
}
