namespace Verification.Stack.Readiness;

/// <summary>An awaited state was not there in time. Of the system under test that is an observation: it has failed.</summary>
/// <param name="state">What was awaited.</param>
/// <param name="waited">How long.</param>
/// <param name="seen">What was seen last.</param>
/// <param name="cause">The last failure on the way.</param>
public sealed class StateNotSeenException(string state, TimeSpan waited, string seen, Exception cause)
    : TimeoutException($"Not so after {waited.TotalSeconds:0.0} s: {state}. Seen last: {seen}", cause)
{
    /// <summary>How long it was awaited.</summary>
    public TimeSpan Waited { get; } = waited;
}
