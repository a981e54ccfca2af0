using SportBuff.Server.Caching;

namespace Verification.Tests.Unit.Services;

/// <summary>A cache that answers as a test says.</summary>
internal sealed class ScriptedList : ICachedList
{
    private int invalidations;

    /// <summary>Called by each request; it fails or hangs as the cache shall.</summary>
    public Func<Task> Request { get; set; } = () => Task.CompletedTask;

    public byte[]? Cached { get; set; }

    /// <summary>Invalidations that were asked for.</summary>
    public int Invalidations => Volatile.Read(ref invalidations);

    public void Connect() { }

    public async Task<(byte[]? List, string Generation)> ReadAsync()
    {
        await Request();
        return (Cached, "0");
    }

    public async Task FillAsync(byte[] list, string generation)
    {
        await Request();
        Cached = list;
    }

    public async Task InvalidateAsync()
    {
        Interlocked.Increment(ref invalidations);
        await Request();
        Cached = null;
    }
}
