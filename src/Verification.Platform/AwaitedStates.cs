namespace Verification.Platform;

/// <summary>States of the platform that every scenario waits for, and who is at fault where one does not come.</summary>
public static class AwaitedStates
{
    internal const string Posts = "POST /buff answers 200";
    internal const string Lists = "GET /buffs answers 200";
    internal const string FenceTaken = "a fence buff is acknowledged";
    private const string Row = "a row for ";

    private static readonly (string State, IReadOnlyList<string> Suspects)[] Known =
    [
        (Posts, ["dashboard", "broker"]),
        (FenceTaken, ["dashboard", "broker"]),
        (Lists, ["server", "mysql"]),
        (Row, ["server", "mysql"]),
    ];

    /// <summary>The components at fault where a state was awaited in vain, the likelier first; none where nothing is known of it.</summary>
    public static IReadOnlyList<string> SuspectsOf(string state) =>
        Known.FirstOrDefault(known => state.StartsWith(known.State, StringComparison.Ordinal)).Suspects ?? [];

    internal static string RowFor(string question) => $"{Row}'{Cut.To(question, 80)}'";
}
