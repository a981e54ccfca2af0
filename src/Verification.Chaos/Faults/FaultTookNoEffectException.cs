namespace Verification.Chaos.Faults;

/// <summary>A fault was applied, and nothing shows it: whatever is measured under it says nothing of the platform.</summary>
/// <param name="fault">The fault.</param>
/// <param name="cause">What was awaited.</param>
public sealed class FaultTookNoEffectException(IFault fault, Exception cause)
    : Exception($"the fault {fault.Name} of {fault.Target} took no effect: {cause.Message}", cause);
