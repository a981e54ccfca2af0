using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using k8s;
using k8s.Models;
using Verification.Cluster.Control;
using Verification.Cluster.Definitions;
using Verification.Cluster.Gateways;
using Verification.Cluster.Manifests;
using Verification.Cluster.Monitoring;
using Verification.Cluster.Nodes;
using Verification.Cluster.Objects;
using Verification.Objectives;
using Verification.Platform;
using Verification.Stack;
using Verification.Stack.Components.Prometheus;
using Verification.Stack.Components.Watching;
using Verification.Stack.Images;
using Verification.Stack.Readiness;

namespace Verification.Cluster.Deployments;

/// <summary>The whole environment <c>local</c> on a cluster of its own, with what its gateway, policies and autoscalers need, as clients
/// outside see it.</summary>
public sealed class ExposedPlatform : IAsyncDisposable
{
    private const string GatewayGroup = "gateway.networking.k8s.io";
    private const string PolicyGroup = "gateway.envoyproxy.io";
    private const string MonitorGroup = "monitoring.coreos.com";
    private const string SecretGroup = "external-secrets.io";
    private const string GeneratorGroup = "generators.external-secrets.io";
    private const string BackupGroup = "velero.io";

    /// <summary>Namespace of the proxies, their label, and the port on which they listen for what is port 443 of the gateway.</summary>
    private const string ProxyNamespace = "operators";

    private const string ProxyLabel = "gateway.envoyproxy.io/owning-gateway-name=gateway";
    private const int ProxyPort = 10443;
    private const string ElasticsearchLabel = "app.kubernetes.io/name=elasticsearch";
    private const int ElasticsearchPort = 9200;

    /// <summary>Namespace of what watches, and the release of it.</summary>
    private const string WatchNamespace = "monitoring";

    private const string WatchRelease = "observability";
    private const int PrometheusPort = 9090;
    private const int AlertmanagerPort = 9093;
    private static readonly TimeSpan AnswersWithin = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan RequestDeadline = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan TokenLife = TimeSpan.FromMinutes(30);
    private readonly TokenIssuer issuer;
    private readonly ApiServerWay way = new(TimeProvider.System);
    private readonly PortForward behind;
    private readonly PortForward logs;
    private readonly PortForward prometheus;
    private readonly PortForward alertmanager;
    private readonly string issuerName;
    private readonly string audience;

    private ExposedPlatform(LocalPlatform platform, TokenIssuer issuer, GatewayPlace gateway, string issuerName, string audience)
    {
        (Platform, this.issuer, Gateway, this.issuerName, this.audience) = (platform, issuer, gateway, issuerName, audience);
        behind = new PortForward(Client, ProxyAsync, way, ProxyPort);
        logs = new PortForward(Client, ElasticsearchAsync, way, ElasticsearchPort);
        prometheus = new PortForward(Client, ct => WatcherAsync("prometheus", ct), way, PrometheusPort);
        alertmanager = new PortForward(Client, ct => WatcherAsync("alertmanager", ct), way, AlertmanagerPort);
    }

    /// <summary>What is deployed.</summary>
    public LocalPlatform Platform { get; }

    /// <summary>The API of its cluster.</summary>
    public Kubernetes Client => Platform.Cluster.Client;

    /// <summary>The gateway, as clients reach it: by a port of the node.</summary>
    public GatewayPlace Gateway { get; }

    /// <summary>The gateway, as it is reached by a client with another address: the proxy sees the address of its own pod.</summary>
    public GatewayPlace GatewayForAnother => Gateway with { Address = behind.Local };

    /// <summary>What its cluster had before anything was deployed.</summary>
    public required ObjectInventory Empty { get; init; }

    /// <summary>Why the logs of its pods are not gathered; null where they are.</summary>
    public string? LogsMissing { get; private init; }

    /// <summary>Why its secrets are not fetched from outside; null where they are.</summary>
    public string? SecretsMissing { get; private init; }

    /// <summary>Why its objects are not backed up; null where they are.</summary>
    public string? BackupMissing { get; private init; }

    /// <summary>Its Elasticsearch, where the logs of its pods are gathered.</summary>
    public Uri Elasticsearch => AddressOf(logs);

    /// <summary>Why nothing watches it; null where it is watched.</summary>
    public string? WatchMissing { get; private init; }

    /// <summary>Its Prometheus, where it is watched.</summary>
    public Uri Prometheus => AddressOf(prometheus);

    /// <summary>Its Alertmanager, where it is watched.</summary>
    public Uri Alertmanager => AddressOf(alertmanager);

    /// <summary>Starts a cluster and deploys the whole environment.</summary>
    /// <param name="root">The project.</param>
    /// <param name="folder">Folder of the run, with the stage it is for.</param>
    /// <param name="simulator">Where its secrets are fetched from, and its objects backed up to.</param>
    /// <param name="named">Images that are deployed in place of ours.</param>
    /// <param name="tell">Hears of progress.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="StateNotSeenException">It was refused, did not get ready, or its gateway does not lead to both APIs.</exception>
    /// <inheritdoc cref="LocalPlatform.StartAsync"/>
    public static async Task<ExposedPlatform> StartAsync(
        ProjectRoot root,
        RunFolder folder,
        SimulatorPlace simulator,
        ImageOverrides named,
        Action<string> tell,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(simulator);
        ArgumentNullException.ThrowIfNull(named);
        // What costs nothing is told first.
        var definitions = ResourceDefinitions.Of(GatewayGroup, PolicyGroup);
        var issuer = new TokenIssuer();
        LocalPlatform? platform = null;
        try
        {
            var unlogged = await PlatformImages.MissingAsync(root, LocalExtent.Logging, named, cancellationToken).ConfigureAwait(false);
            var (monitors, unwatched) = await MonitorsAsync(root, named, cancellationToken).ConfigureAwait(false);
            var (fetching, source) = await SimulatedAsync(
                    root,
                    named,
                    simulator,
                    [LocalExtent.Secrets],
                    "secrets are not fetched",
                    [SecretGroup, GeneratorGroup],
                    cancellationToken
                )
                .ConfigureAwait(false);
            var (keeping, target) = await SimulatedAsync(
                    root,
                    named,
                    simulator,
                    LocalExtent.Backup,
                    "objects are not backed up",
                    [BackupGroup],
                    cancellationToken
                )
                .ConfigureAwait(false);
            var extent = LocalExtent.Whole(
                issuer.KeySet(),
                logged: unlogged.Count == 0,
                watched: unwatched is null,
                source.Endpoint,
                target.Endpoint
            );
            platform = await LocalPlatform.StartAsync(root, folder, extent, named, tell, cancellationToken).ConfigureAwait(false);
            foreach (var each in new[] { definitions, monitors, fetching, keeping }.OfType<ResourceDefinitions>())
                await each.ApplyAsync(platform.Cluster.Client, cancellationToken).ConfigureAwait(false);
            var empty = await platform.ObjectsAsync(cancellationToken).ConfigureAwait(false);
            var started = Stopwatch.GetTimestamp();
            if (await platform.SyncAsync(cancellationToken).ConfigureAwait(false) is { } refusal)
                throw new StateNotSeenException("the whole environment is deployed", Stopwatch.GetElapsedTime(started), refusal, null);
            var exposed = await FindAsync(platform, empty, issuer, unlogged, unwatched, source, target, cancellationToken)
                .ConfigureAwait(false);
            await exposed.AwaitServedAsync(cancellationToken).ConfigureAwait(false);
            return exposed;
        }
        catch
        {
            if (platform is not null)
                await platform.DisposeAsync().ConfigureAwait(false);
            issuer.Dispose();
            throw;
        }
    }

    /// <summary>A token that the gateway takes.</summary>
    public string Token() => Token(issuer, issuerName, audience, DateTimeOffset.UtcNow + TokenLife);

    /// <summary>Tokens that it must not take, each with what is wrong with it.</summary>
    public IReadOnlyList<(string Wrong, string? Token)> WrongTokens()
    {
        using var stranger = new TokenIssuer();
        var later = DateTimeOffset.UtcNow + TokenLife;
        return
        [
            ("no token", null),
            ("a token that has expired", Token(issuer, issuerName, audience, DateTimeOffset.UtcNow - TokenLife)),
            ("a token of another issuer", Token(issuer, "https://stranger.example", audience, later)),
            ("a token for another audience", Token(issuer, issuerName, "stranger", later)),
            ("a token signed by another key", Token(stranger, issuerName, audience, later)),
            ("a token whose signature was taken away", $"{string.Join('.', Token().Split('.')[..2])}."),
            ("no token, but a word", "let-me-in"),
        ];
    }

    /// <summary>A client of both APIs, by the gateway.</summary>
    /// <param name="token">What it shows of itself; null for nothing.</param>
    public GatewayTransport NewClient(string? token) => new(Gateway, token, RequestDeadline);

    /// <summary>Namespace and name of the Deployment of the gateway's proxies, which no chart names.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<(string Namespace, string Name)> ProxiesAsync(CancellationToken cancellationToken) =>
        (
            ProxyNamespace,
            (
                await Client
                    .AppsV1.ListNamespacedDeploymentAsync(ProxyNamespace, labelSelector: ProxyLabel, cancellationToken: cancellationToken)
                    .ConfigureAwait(false)
            )
                .Items.Single()
                .Name()
        );

    /// <summary>The monitors and rules of it, where it is watched.</summary>
    public DeclaredMonitors Monitors => new(Client, WatchNamespace);

    /// <summary>Has what watches it go by durations that are divided, or by those of <c>config/</c> again, and waits until it
    /// does.</summary>
    /// <param name="lapse">What durations are divided by.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Why it was refused; null where it is deployed.</returns>
    /// <exception cref="StateNotSeenException">Prometheus or Alertmanager did not get ready.</exception>
    public async Task<string?> WatchInAsync(TimeLapse lapse, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(lapse);
        if (await Platform.SyncAsync(WatchRelease, WatchedIn(lapse), cancellationToken).ConfigureAwait(false) is { } refusal)
            return refusal;
        await Monitors.AwaitMadeAsync(cancellationToken).ConfigureAwait(false);
        return null;
    }

    /// <summary>What whoever is paged has written of it.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<string> PagerLogAsync(CancellationToken cancellationToken)
    {
        var pager = await WatcherAsync("pager", cancellationToken).ConfigureAwait(false);
        var log = await Client
            .CoreV1.ReadNamespacedPodLogAsync(pager.Name(), WatchNamespace, cancellationToken: cancellationToken)
            .ConfigureAwait(false);
        await using (log.ConfigureAwait(false))
        {
            using var reader = new StreamReader(log);
            return await reader.ReadToEndAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await prometheus.DisposeAsync().ConfigureAwait(false);
        await alertmanager.DisposeAsync().ConfigureAwait(false);
        await behind.DisposeAsync().ConfigureAwait(false);
        await logs.DisposeAsync().ConfigureAwait(false);
        await way.DisposeAsync().ConfigureAwait(false);
        await Platform.DisposeAsync().ConfigureAwait(false);
        issuer.Dispose();
        Gateway.Authority.Dispose();
    }

    private static string Token(TokenIssuer issuer, string name, string audience, DateTimeOffset expires) =>
        issuer.Issue(name, audience, expires);

    /// <summary>What is deployed says where clients come in, and with which tokens.</summary>
    private static async Task<ExposedPlatform> FindAsync(
        LocalPlatform platform,
        ObjectInventory empty,
        TokenIssuer issuer,
        IReadOnlyList<string> unlogged,
        string? unwatched,
        SimulatorPlace source,
        SimulatorPlace target,
        CancellationToken cancellationToken
    )
    {
        var client = platform.Cluster.Client;
        var gateway = await ReadAsync(client, GatewayGroup, "v1", "gateways", "gateway", cancellationToken).ConfigureAwait(false);
        var listener = gateway.ListAt("spec", "listeners")[0];
        var secret = await client
            .CoreV1.ReadNamespacedSecretAsync(
                listener.ListAt("tls", "certificateRefs")[0].TextAt("name"),
                LocalPlatform.Namespace,
                cancellationToken: cancellationToken
            )
            .ConfigureAwait(false);
        var provider = (
            await ReadAsync(client, PolicyGroup, "v1alpha1", "securitypolicies", "gateway-buff", cancellationToken).ConfigureAwait(false)
        ).ListAt("spec", "jwt", "providers")[0];
        var place = new GatewayPlace(
            platform.Cluster.Outside,
            listener.TextAt("hostname"),
            X509Certificate2.CreateFromPem(Encoding.ASCII.GetString(secret.Data["ca.crt"]))
        );
        return new ExposedPlatform(platform, issuer, place, provider.TextAt("issuer"), provider.ListAt("audiences")[0].ToString())
        {
            Empty = empty,
            SecretsMissing = source.Missing,
            BackupMissing = target.Missing,
            LogsMissing =
                unlogged.Count == 0
                    ? null
                    : $"the logs of the pods are not gathered: no image of {string.Join(" and ", unlogged)} can be had",
            WatchMissing = unwatched,
        };
    }

    /// <summary>The definitions of what works with a simulator of AWS, and where that is; none where a part of it can't be had, with the
    /// reason.</summary>
    private static async Task<(ResourceDefinitions? Definitions, SimulatorPlace Place)> SimulatedAsync(
        ProjectRoot root,
        ImageOverrides named,
        SimulatorPlace wanted,
        IReadOnlyList<string> components,
        string otherwise,
        IReadOnlyList<string> groups,
        CancellationToken cancellationToken
    )
    {
        if (wanted.Endpoint is null)
            return (null, wanted);
        if (await PlatformImages.MissingAsync(root, components, named, cancellationToken).ConfigureAwait(false) is { Count: > 0 } missing)
            return (null, SimulatorPlace.None($"{otherwise}: no image of {string.Join(" and ", missing)} can be had"));
        try
        {
            return (ResourceDefinitions.Of(groups), wanted);
        }
        catch (ClusterMissingException e)
        {
            return (null, SimulatorPlace.None(e.Message));
        }
    }

    private static async Task<JsonNode?> ReadAsync(
        Kubernetes client,
        string group,
        string version,
        string plural,
        string name,
        CancellationToken cancellationToken
    ) =>
        JsonNode.Parse(
            $"{await client.CustomObjects.GetNamespacedCustomObjectAsync(group, version, LocalPlatform.Namespace, plural, name, cancellationToken).ConfigureAwait(false)}"
        );

    private async Task AwaitServedAsync(CancellationToken cancellationToken)
    {
        using var anybody = NewClient(token: null);
        await Eventually
            .SeeAsync(
                "the gateway lists buffs",
                AnswersWithin,
                ct => anybody.SendAsync(new HttpQuestion(HttpMethod.Get, Contract.ListPath), ct),
                answer => answer.Status == 200,
                cancellationToken
            )
            .ConfigureAwait(false);
        await Eventually
            .SeeAsync(
                "the gateway answers a POST",
                AnswersWithin,
                ct => anybody.SendAsync(new HttpQuestion(HttpMethod.Post, Contract.PostPath), ct),
                answer => answer.Status is not 0 and not 404 and < 500,
                cancellationToken
            )
            .ConfigureAwait(false);
    }

    private string WatchedIn(TimeLapse lapse)
    {
        if (lapse == TimeLapse.None)
            return string.Empty;
        var config = Path.Combine(Platform.Files, "hastened");
        HastenedConfig.Write(Platform.Root, config, lapse);
        return $"observability: {{config: '{config}'}}\nprometheus: {{lookback: {Milliseconds(PrometheusDefaults.Lookback)}, resendDelay: {Milliseconds(PrometheusDefaults.ResendDelay)}}}\n";

        string Milliseconds(TimeSpan duration) =>
            string.Create(CultureInfo.InvariantCulture, $"{lapse.Of(duration).TotalMilliseconds:0}ms");
    }

    private static Uri AddressOf(PortForward forward) => new UriBuilder("http", $"{forward.Local.Address}", forward.Local.Port).Uri;

    /// <summary>The definitions of monitors; without them, or without an image of what takes them, why nothing watches.</summary>
    private static async Task<(ResourceDefinitions? Definitions, string? Unwatched)> MonitorsAsync(
        ProjectRoot root,
        ImageOverrides named,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var definitions = ResourceDefinitions.Of(MonitorGroup);
            return
                await PlatformImages.MissingAsync(root, LocalExtent.Watching, named, cancellationToken).ConfigureAwait(false)
                    is { Count: > 0 } missing
                ? (null, $"nothing watches the platform: no image of {string.Join(" and ", missing)} can be had")
                : (definitions, null);
        }
        catch (ClusterMissingException e)
        {
            return (null, $"nothing watches the platform: {e.Message}");
        }
    }

    private Task<V1Pod> WatcherAsync(string name, CancellationToken cancellationToken) =>
        ReadyPodAsync(WatchNamespace, $"app.kubernetes.io/name={name}", $"No {name} is ready.", cancellationToken);

    private Task<V1Pod> ProxyAsync(CancellationToken cancellationToken) =>
        ReadyPodAsync(ProxyNamespace, ProxyLabel, "The gateway has no proxy that is ready.", cancellationToken);

    private Task<V1Pod> ElasticsearchAsync(CancellationToken cancellationToken) =>
        ReadyPodAsync(LocalPlatform.Namespace, ElasticsearchLabel, "No Elasticsearch is ready.", cancellationToken);

    private async Task<V1Pod> ReadyPodAsync(string space, string label, string otherwise, CancellationToken cancellationToken) =>
        (
            await Client
                .CoreV1.ListNamespacedPodAsync(space, labelSelector: label, cancellationToken: cancellationToken)
                .ConfigureAwait(false)
        ).Items.FirstOrDefault(pod => pod.Metadata.DeletionTimestamp is null && pod.IsReady())
        ?? throw new InvalidOperationException(otherwise);
}
