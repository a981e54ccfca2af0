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
public sealed record InstanceStatistics(DateTimeOffset At, TimeSpan Cpu, long MemoryBytes, long Threads);
