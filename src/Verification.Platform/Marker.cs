using Verification.Stack.Sessions;

namespace Verification.Platform;

/// <summary>Questions by which the suite knows its buffs.</summary>
public static class Marker
{
    private const string Seed = "seed ";
    private const string Fence = "fence";
    private const string Alive = "alive";

    /// <summary>What every question of this run has behind its first words: whoever finds one knows that it is of no user, and of which
    /// run.</summary>
    public static string Mark { get; } =
        MarkOf(
            VerifyVariables.Value(VerifyVariables.Run) is { } run
                ? Path.GetFileName(Path.TrimEndingDirectorySeparator(run))
                : $"{Guid.NewGuid():N}"
        );

    /// <summary>The mark of a run.</summary>
    /// <param name="run">Its id.</param>
    public static string MarkOf(string run) => $"verify-{run}";

    /// <summary>A text that no other buff has.</summary>
    /// <param name="scenario">What it starts with.</param>
    public static string New(string scenario) => $"{scenario} {Mark} {Guid.NewGuid():N}";

    /// <summary>Some texts with one begin.</summary>
    /// <param name="prefix">The begin.</param>
    /// <param name="count">How many.</param>
    /// <param name="first">Number of the first.</param>
    public static IReadOnlyList<string> Of(string prefix, int count, int first = 0) =>
        [.. Enumerable.Range(first, count).Select(index => $"{prefix} {index}")];

    /// <summary>How many characters the markers of a scenario have.</summary>
    public static int Length(string scenario) => New(scenario).Length;

    /// <summary>Whether a question is one that no scenario has posted: of the seed, of a fence, or to see whether somebody
    /// answers.</summary>
    public static bool IsOwn(string question) =>
        question.StartsWith(Seed, StringComparison.Ordinal)
        || question.StartsWith($"{Fence} ", StringComparison.Ordinal)
        || question.StartsWith($"{Alive} ", StringComparison.Ordinal);

    /// <summary>What every question of the seed starts with.</summary>
    internal static string SeedPrefix => Seed;

    /// <summary>The question of a buff behind which nothing that was posted before is left in the queue.</summary>
    internal static string NewFence() => New(Fence);

    /// <summary>The question of a buff that only shows whether the Dashboard answers.</summary>
    internal static string NewAlive() => New(Alive);
}
