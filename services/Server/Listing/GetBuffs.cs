using SportBuff.Server.Caching;
using SportBuff.Server.Storage;

namespace SportBuff.Server.Listing;

/// <summary><c>GET /buffs</c>.</summary>
internal static class GetBuffs
{
    public static async Task<IResult> HandleAsync(
        ListCache cache,
        BuffStore store,
        ILogger<BuffStore> logger,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        var (cached, generation) = await cache.GetAsync();
        if (cached is not null)
            return Results.Bytes(cached, "application/json");
        try
        {
            var list = await store.ListAsync(cancellationToken);
            if (generation is not null)
                await cache.FillAsync(list, generation);
            return Results.Bytes(list, "application/json");
        }
        catch (Exception e) when (BuffStore.IsOutage(e))
        {
            logger.LogWarning("The buffs could not be listed: {Cause}", e.Message);
            return ServerProblem.Unavailable("The database does not answer.", context);
        }
    }
}
