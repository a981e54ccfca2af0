namespace Verification.Benchmarks.Stomp;

/// <summary>What sending took, from the first byte to the last receipt.</summary>
/// <param name="PerSecond">Messages confirmed per second.</param>
/// <param name="CpuMicroseconds">Processor time per message in µs: of this whole process, user and system, all its threads (collector,
/// compiler and
/// thread pool too), nothing taken off.</param>
internal sealed record SendFigures(double PerSecond, double CpuMicroseconds);
