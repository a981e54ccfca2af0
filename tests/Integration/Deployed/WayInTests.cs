using Verification.Cluster.Gateways;
using Verification.Stack.Readiness;

namespace Verification.Tests.Integration.Deployed;

/// <summary>The way by which clients come in from outside, where somebody has named it.</summary>
public sealed class WayInTests(PlatformFixture platform) : Scenario(platform)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ListedWithin = TimeSpan.FromSeconds(15);

    [Fact]
    [Objective("deployed.way-in")]
    public async Task Everybody_lists_who_has_a_token_posts_and_nothing_else_is_let_in()
    {
        if (Stack.Description.Gateway is not { } gateway || Stack.GatewayToken is not { } token)
        {
            Record(Measurement.NotMeasured("deployed.way-in", "nobody has named the way in from outside, and who may post there"));
            Unavailable(
                "no way in from outside was named: ./verify attach --gateway https://HOST --gateway-token env:NAME",
                isAllowed: true
            );
            return;
        }

        using var anybody = Guarded(GatewayTransport.To(gateway, token: null, Deadline));
        using var known = Guarded(GatewayTransport.To(gateway, token, Deadline));
        var deviations = new List<string>();
        var list = await anybody.SendAsync(new HttpQuestion(HttpMethod.Get, Verification.Platform.Contract.ListPath), Cancellation);
        if (!new ListAnswer(list).IsList)
            deviations.Add($"a list was answered {Told(list)}");
        if (await anybody.SendAsync(Post(Marker.New("refused")), Cancellation) is { Status: not 401 } open)
            deviations.Add($"POST without a token was answered {Told(open)}");
        if (await known.SendAsync(new HttpQuestion(HttpMethod.Get, "/metrics"), Cancellation) is { Status: not 404 } inside)
            deviations.Add($"GET /metrics, which is for those inside, was answered {Told(inside)}");
        var posted = Marker.New("by the gateway");
        if (await known.SendAsync(Post(posted), Cancellation) is { Status: not 200 } refused)
            deviations.Add($"POST with the token was answered {Told(refused)}");
        else if (!await IsListedAsync(anybody, posted))
            deviations.Add($"what was posted with the token was not listed within {ListedWithin.TotalSeconds:0} s");
        Decide(Measurement.OfDeviations("deployed.way-in", deviations, 4));
    }

    private static async Task<bool> IsListedAsync(IHttpTransport client, string question)
    {
        try
        {
            await Eventually.IsTrueAsync(
                "what was posted by the gateway is listed by it",
                ListedWithin,
                async ct =>
                    new ListAnswer(
                        await client.SendAsync(new HttpQuestion(HttpMethod.Get, Verification.Platform.Contract.ListPath), ct)
                    ).Lists(question),
                Cancellation
            );
            return true;
        }
        catch (StateNotSeenException)
        {
            return false;
        }
    }

    private static HttpQuestion Post(string question) =>
        new(HttpMethod.Post, Verification.Platform.Contract.PostPath)
        {
            Body = new BuffToPost(question).Body(),
            ContentType = Verification.Platform.Contract.ContentType,
        };

    private static string Told(HttpAnswer answer) =>
        answer.Status == 0 ? $"not at all ({answer.Error?.GetBaseException().Message})" : $"{answer.Status} {Cut.To(answer.Body, 60)}";
}
