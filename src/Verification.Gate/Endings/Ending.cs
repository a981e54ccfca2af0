namespace Verification.Gate.Endings;

/// <summary>How a command ends that could not do what it was asked.</summary>
/// <param name="Code">Exit code of the program.</param>
/// <param name="Sentence">What is the matter, what was expected, what to do.</param>
/// <param name="Foreseen">False where the fault is the program's own: its details are kept.</param>
internal sealed record Ending(int Code, string Sentence, bool Foreseen = true);
