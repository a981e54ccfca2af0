namespace Verification.Gate.Commands;

/// <summary>This machine can't do what was asked. The message names what it lacks, and what to do.</summary>
internal sealed class MachineException(string message) : Exception(message);
