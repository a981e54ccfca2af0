using SportBuff.Server.Consuming;
using SportBuff.Server.Storage;

namespace SportBuff.Server.Listing;

/// <summary><c>GET /readyz</c>: whether what the Server cannot do without answers. The cache is not among it.</summary>
internal static class Readiness
{
    public static async Task<IResult> HandleAsync(
        BuffStore store,
        BuffConsumer consumer,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await store.PingAsync(cancellationToken);
        }
        catch (Exception e) when (BuffStore.IsOutage(e))
        {
            return ServerProblem.Unavailable($"mysql: {e.Message}", context);
        }

        return consumer.IsSubscribed ? Results.Text("ok") : ServerProblem.Unavailable("broker: not subscribed", context);
    }
}
