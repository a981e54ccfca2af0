namespace SportBuff.Server.Caching;

/// <summary>The list as the cache keeps it. Each call fails where the cache is away, in its own time.</summary>
internal interface ICachedList
{
    /// <summary>Starts to connect in the background.</summary>
    void Connect();

    /// <summary>The cached list, null where there is none, and the generation to fill under.</summary>
    Task<(byte[]? List, string Generation)> ReadAsync();

    /// <summary>Keeps a list for its time, unless the generation has gone on since it was read.</summary>
    Task FillAsync(byte[] list, string generation);

    /// <summary>Drops the cached list and begins a new generation.</summary>
    Task InvalidateAsync();
}
