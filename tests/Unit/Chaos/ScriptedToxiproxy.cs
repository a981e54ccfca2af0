using System.Text.Json;
using System.Text.Json.Nodes;

namespace Verification.Tests.Unit.Chaos;

/// <summary>The API of a Toxiproxy, over proxies that lead nowhere.</summary>
internal sealed class ScriptedToxiproxy : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly SortedSet<string> toxics = new(StringComparer.Ordinal);

    private ScriptedToxiproxy(WebApplication app, IReadOnlyList<string> proxies)
    {
        this.app = app;
        app.MapGet(
            "/proxies",
            () =>
                Results.Text(
                    JsonSerializer.Serialize(
                        proxies.ToDictionary(
                            proxy => proxy,
                            proxy => new { toxics = ToxicsOf(proxy).Select(toxic => new { name = toxic }) },
                            StringComparer.Ordinal
                        )
                    ),
                    "application/json"
                )
        );
        app.MapPost(
            "/proxies/{proxy}/toxics",
            async (string proxy, HttpContext context) =>
            {
                var toxic = await JsonNode.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
                Change(() => toxics.Add($"{proxy} {(string?)toxic!["name"]}"));
                return Results.Ok();
            }
        );
        app.MapDelete(
            "/proxies/{proxy}/toxics/{toxic}",
            (string proxy, string toxic) =>
            {
                Change(() => toxics.Remove($"{proxy} {toxic}"));
                return Results.NoContent();
            }
        );
        app.MapPost(
            "/reset",
            () =>
            {
                Change(toxics.Clear);
                return Results.NoContent();
            }
        );
    }

    /// <summary>Where it listens.</summary>
    public Uri Address => new(app.Urls.Single());

    /// <summary>What its proxies have, each with the name of the proxy before it.</summary>
    public IReadOnlyList<string> Toxics
    {
        get
        {
            lock (toxics)
                return [.. toxics];
        }
    }

    /// <summary>Starts one.</summary>
    public static async Task<ScriptedToxiproxy> StartAsync(IReadOnlyList<string> proxies, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var toxiproxy = new ScriptedToxiproxy(builder.Build(), proxies);
        await toxiproxy.app.StartAsync(cancellationToken);
        return toxiproxy;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private IEnumerable<string> ToxicsOf(string proxy) =>
        Toxics.Where(toxic => toxic.StartsWith($"{proxy} ", StringComparison.Ordinal)).Select(toxic => toxic[(proxy.Length + 1)..]);

    private void Change(Action change)
    {
        lock (toxics)
            change();
    }
}
