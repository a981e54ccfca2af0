namespace Verification.Benchmarks.Recording;

/// <summary>What one round took.</summary>
/// <param name="PerSecond">History lines per second, from the first to the close of the file.</param>
/// <param name="Seconds">From the closed file to a verdict and its reports, in s.</param>
internal sealed record RecordFigures(double PerSecond, double Seconds);
