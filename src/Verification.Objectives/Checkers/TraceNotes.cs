using System.Runtime.InteropServices;

namespace Verification.Objectives;

/// <summary>What a service has written of buffs, by the trace ids in its log.</summary>
/// <param name="Instance">Name of its instance.</param>
/// <param name="Component">What it is: <c>dashboard</c>, <c>server</c>.</param>
/// <param name="Lines">Of each buff the lines that name its trace; a buff of which there is none is not among them. Empty where the service
/// writes no traces.</param>
public sealed record TraceNotes(string Instance, string Component, IReadOnlyDictionary<string, TracedLines> Lines);

/// <summary>Lines of a log that are of one buff.</summary>
/// <param name="All">How many there are.</param>
/// <param name="Warnings">How many of them are warnings or worse.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct TracedLines(int All, int Warnings)
{
    /// <summary>With one more line.</summary>
    public TracedLines And(bool warning) => new(All + 1, Warnings + (warning ? 1 : 0));

    /// <summary>Both together.</summary>
    public static TracedLines operator +(TracedLines one, TracedLines other) => new(one.All + other.All, one.Warnings + other.Warnings);
}
