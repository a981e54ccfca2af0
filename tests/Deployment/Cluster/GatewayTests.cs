using System.Diagnostics;
using System.Security.Authentication;
using Verification.Cluster.Gateways;
using Verification.Cluster.Programs;
using Verification.Platform;
using Verification.Stack.Readiness;

namespace Verification.Tests.Deployment.Cluster;

/// <summary>Both APIs as clients outside reach them.</summary>
public sealed class GatewayTests(SuiteFixture suite, ExposedFixture exposed) : WholeTest(suite, exposed)
{
    private const string Old = "tls1_1";
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan TooSlow = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan ListedWithin = TimeSpan.FromSeconds(10);

    /// <summary>What a service answers and nobody outside is to be led to, or what it does not take.</summary>
    private static readonly (HttpMethod Method, string Path)[] Closed =
    [
        (HttpMethod.Get, "/"),
        (HttpMethod.Get, "/healthz"),
        (HttpMethod.Get, "/readyz"),
        (HttpMethod.Get, "/metrics"),
        (HttpMethod.Get, "/buff"),
        (HttpMethod.Put, "/buff"),
        (HttpMethod.Delete, "/buffs"),
        (HttpMethod.Post, "/buffs"),
        (HttpMethod.Post, "/buff/../buffs"),
        (HttpMethod.Get, "/buffs/1"),
    ];

    [Fact]
    [Objective("gateway.tokens")]
    [Objective("gateway.closed")]
    public async Task Whoever_has_a_token_posts_everybody_lists_and_nothing_else_is_let_in()
    {
        var platform = await RequireExposedAsync();
        using var anybody = platform.NewClient(token: null);
        using var known = platform.NewClient(platform.Token());
        var deviations = new List<string>();
        var wrong = platform.WrongTokens();
        foreach (var (what, token) in wrong)
        {
            using var client = platform.NewClient(token);
            var marker = Marker.New("refused");
            // A token for somebody else is one that is known (403); all others tell nothing of who asks (401).
            var answer = await client.SendAsync(Post(marker), Cancellation);
            if (answer.Status is not (401 or 403) || (answer.Status == 403) != what.Contains("audience", StringComparison.Ordinal))
                deviations.Add($"POST with {what} was answered {Told(answer)}");
        }

        var posted = Marker.New("posted");
        if (await known.SendAsync(Post(posted), Cancellation) is { Status: not 200 } refused)
            deviations.Add($"POST with the right token was answered {Told(refused)}");
        else if (!await IsListedAsync(anybody, posted))
            deviations.Add($"what was posted with the right token was not listed within {ListedWithin.TotalSeconds:0} s");

        var open = new List<string>();
        foreach (var (method, path) in Closed)
        {
            if (await known.SendAsync(new HttpQuestion(method, path), Cancellation) is { Status: not 404 } answer)
                open.Add($"{method} {path} was answered {Told(answer)}");
        }

        Decide(
            Measurement.OfDeviations("gateway.tokens", deviations, wrong.Count + 2),
            Measurement.OfDeviations("gateway.closed", open, Closed.Length)
        );
    }

    [Fact]
    [Objective("gateway.limit")]
    public async Task Who_asks_for_too_much_is_held_back_and_nobody_else()
    {
        const int Burst = 400;
        const int Modest = 5;
        var platform = await RequireExposedAsync();
        using var greedy = platform.NewClient(token: null);
        using var modest = new GatewayTransport(platform.GatewayForAnother, token: null, Deadline);
        var list = new HttpQuestion(HttpMethod.Get, Contract.ListPath);

        // Both are connected when it counts.
        await Task.WhenAll(greedy.SendAsync(list, Cancellation), modest.SendAsync(list, Cancellation));
        var started = Stopwatch.GetTimestamp();
        var burst = Enumerable
            .Range(0, Burst)
            .Select(number =>
                (
                    Forged: number % 20 == 0,
                    Answer: greedy.SendAsync(number % 20 == 0 ? As(list, $"203.0.113.{number / 20}") : list, Cancellation)
                )
            )
            .ToList();
        var meanwhile = new List<HttpAnswer>();
        for (var asked = 0; asked < Modest; asked++)
            meanwhile.Add(await modest.SendAsync(list, Cancellation));
        await Task.WhenAll(burst.Select(each => each.Answer));
        var took = Stopwatch.GetElapsedTime(started);

        var deviations = new List<string>();
        deviations.AddRange(
            meanwhile
                .Where(answer => answer.Status != 200)
                .Select(answer => $"a client that asked {Modest} times while another asked for too much was answered {Told(answer)}")
        );
        deviations.AddRange(
            burst
                .Where(each => each.Answer.Result.Status is not (200 or 429))
                .Select(each => $"a list of the burst was answered {Told(each.Answer.Result)}")
                .Distinct()
        );
        if (burst.All(each => each.Answer.Result.Status == 200) && took > TooSlow)
        {
            Decide(
                Measurement.NotMeasured(
                    "gateway.limit",
                    $"this machine took {took.TotalSeconds:0.0} s for {Burst} lists: that may be no more than the gateway allows"
                )
            );
            return;
        }

        if (burst.All(each => each.Answer.Result.Status != 429))
            deviations.Add($"of {Burst} lists at once none was refused");
        else if (burst.Where(each => each.Forged).All(each => each.Answer.Result.Status != 429))
            deviations.Add("whoever asked for too much, and said each time that he was somebody else, was never refused");
        Decide(Measurement.OfDeviations("gateway.limit", deviations, Burst + Modest));

        static HttpQuestion As(HttpQuestion question, string address) =>
            question with
            {
                Headers = [new("X-Forwarded-For", address), new("X-Real-IP", address)],
            };
    }

    [Fact]
    [Objective("gateway.encrypted")]
    public async Task Nobody_is_answered_but_over_a_TLS_of_today()
    {
        var platform = await RequireExposedAsync();
        var list = new HttpQuestion(HttpMethod.Get, Contract.ListPath);
        var deviations = new List<string>();
        foreach (var version in new[] { SslProtocols.Tls12, SslProtocols.Tls13 })
        {
            using var client = new GatewayTransport(platform.Gateway, token: null, Deadline, version);
            if (await client.SendAsync(list, Cancellation) is { Status: not 200 } answer)
                deviations.Add($"over {version} the list was answered {Told(answer)}");
        }

        using var plain = new HttpTransport(new Uri($"http://{platform.Gateway.Address}"), Deadline);
        if (
            await plain.SendAsync(list with { Headers = [new("Host", platform.Gateway.Host)] }, Cancellation) is
            { Status: not 0 } unencrypted
        )
            deviations.Add($"over plain HTTP the list was answered {Told(unencrypted)}");

        var old = RequireOpenSsl();
        await old.AwaitSpokenAsync(Old, Cancellation);
        if (await old.IsTakenAsync(platform.Gateway.Address, platform.Gateway.Host, Old, Cancellation))
            deviations.Add("a client that speaks TLS 1.1 alone was let in");
        Decide(Measurement.OfDeviations("gateway.encrypted", deviations, 4));
    }

    private OpenSslClient RequireOpenSsl()
    {
        try
        {
            return new OpenSslClient(Suite.StageFolder);
        }
        catch (ToolMissingException e)
        {
            NotMeasured(e.Message);
            throw;
        }
    }

    private static HttpQuestion Post(string marker) =>
        new(HttpMethod.Post, Contract.PostPath) { Body = new BuffToPost(marker).Body(), ContentType = Contract.ContentType };

    private static async Task<bool> IsListedAsync(IHttpTransport client, string question)
    {
        try
        {
            await Eventually.IsTrueAsync(
                "it is listed",
                ListedWithin,
                async ct => new ListAnswer(await client.SendAsync(new HttpQuestion(HttpMethod.Get, Contract.ListPath), ct)).Lists(question),
                Cancellation
            );
            return true;
        }
        catch (StateNotSeenException)
        {
            return false;
        }
    }

    private static string Told(HttpAnswer answer) =>
        answer.Status == 0
            ? $"not at all ({answer.Error?.GetBaseException().Message})"
            : $"{answer.Status} {Cut.To(answer.Body, 60)}".TrimEnd();
}
