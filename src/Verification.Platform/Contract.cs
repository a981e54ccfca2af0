namespace Verification.Platform;

/// <summary>The names that the contract of the system under test fixes.</summary>
public static class Contract
{
    /// <summary>Path of the Dashboard that takes a buff.</summary>
    public const string PostPath = "/buff";

    /// <summary>Path of the Server that lists the buffs.</summary>
    public const string ListPath = "/buffs";

    /// <summary>Content type of a buff that is posted.</summary>
    public const string ContentType = "application/json";

    /// <summary>The queue between both services.</summary>
    public const string Queue = "buffs";

    /// <summary>The queue of what no Server could store.</summary>
    public const string DeadLetterQueue = "DLQ.buffs";

    /// <summary>Key of the cached list.</summary>
    public const string CacheKey = "buffs";

    /// <summary>How long a list is cached.</summary>
    public static readonly TimeSpan CacheExpiry = TimeSpan.FromSeconds(10);
}
