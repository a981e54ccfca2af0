namespace Verification.Benchmarks.Stomp;

/// <summary>Medians of the pairs on one broker.</summary>
/// <param name="Broker">Its kind.</param>
/// <param name="Ratio">Client's rate through the bare socket's, pair by pair.</param>
/// <param name="PerSecond">The client's messages confirmed per second.</param>
/// <param name="CpuMicroseconds">The client's processor time per message, in µs.</param>
internal sealed record BrokerFigures(string Broker, double Ratio, double PerSecond, double CpuMicroseconds);
