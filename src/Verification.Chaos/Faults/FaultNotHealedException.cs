namespace Verification.Chaos.Faults;

/// <summary>A fault was undone, and is still there: whatever comes after it would be measured under it.</summary>
/// <param name="fault">The fault.</param>
/// <param name="cause">What was awaited.</param>
public sealed class FaultNotHealedException(IFault fault, Exception cause)
    : Exception($"the fault {fault.Name} of {fault.Target} was undone, and is still there: {cause.Message}", cause);
