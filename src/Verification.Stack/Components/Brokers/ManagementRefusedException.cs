namespace Verification.Stack.Components.Brokers;

/// <summary>A broker's management has answered, and refused: it has no such resource, or lets nobody ask.</summary>
/// <param name="message">What was asked, and what the broker said.</param>
public sealed class ManagementRefusedException(string message) : Exception(message);
