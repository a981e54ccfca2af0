namespace Verification.Infrastructure.Simulator;

/// <summary>The simulator of the cloud can't be had on this machine.</summary>
/// <param name="why">What is missing, and what to do, in a sentence.</param>
/// <param name="named">Whether somebody has named one: then it should have been there.</param>
/// <param name="cause">What was seen; null for nothing.</param>
public sealed class SimulatorUnavailableException(string why, bool named, Exception? cause = null)
    : MissingPartException(why, named, cause);
