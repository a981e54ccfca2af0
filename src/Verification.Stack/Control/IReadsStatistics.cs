namespace Verification.Stack.Control;

/// <summary>A control that tells what instances use.</summary>
public interface IReadsStatistics
{
    /// <summary>What an instance has used and uses now.</summary>
    /// <exception cref="InvalidOperationException">It does not run.</exception>
    Task<InstanceStatistics> StatisticsAsync(StackInstance instance, CancellationToken cancellationToken);
}

/// <summary>What an instance uses.</summary>
/// <param name="At">When this was so.</param>
/// <param name="Cpu">CPU time since its start, of all its processes: the difference of two looks is what it took in between.</param>
/// <param name="MemoryBytes">Memory in bytes, without what the kernel would give back at once (inactive file cache).</param>
/// <param name="Threads">Its threads, of all its processes.</param>
/// <param name="Network">What has gone through its network interfaces; null where it has none of its own, or none are told.</param>
public sealed record InstanceStatistics(DateTimeOffset At, TimeSpan Cpu, long MemoryBytes, long Threads, NetworkTraffic? Network = null);

/// <summary>What has gone through all network interfaces of an instance together, but for loopback, since its start: the difference of two
/// looks is what went in between.</summary>
/// <param name="ReceivedBytes">What came in, bytes.</param>
/// <param name="SentBytes">What went out, bytes.</param>
public sealed record NetworkTraffic(long ReceivedBytes, long SentBytes);
