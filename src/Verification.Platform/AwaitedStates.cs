namespace Verification.Platform;

/// <summary>States of the platform that every scenario waits for, and who is at fault where one does not come.</summary>
public static class AwaitedStates
{
    internal const string Posts = "POST /buff answers 200";
    internal const string Lists = "GET /buffs answers 200";
    internal const string FenceTaken = "a fence buff is acknowledged";
    private const string Row = "a row for ";
    private const string Fired = "Prometheus fires ";
    private const string Told = "Alertmanager tells ";
    private const string Wrote = " writes of ";

    private static readonly (string State, IReadOnlyList<string> Suspects)[] Known =
    [
        (Posts, ["dashboard", "broker"]),
        (FenceTaken, ["dashboard", "broker"]),
        (Lists, ["server", "mysql"]),
        (Row, ["server", "mysql"]),
        (Fired, ["prometheus"]),
        (Told, ["alertmanager", "prometheus"]),
        ($"dashboard{Wrote}", ["dashboard"]),
        ($"server{Wrote}", ["server"]),
    ];

    /// <summary>The components at fault where a state was awaited in vain, the likelier first; none where nothing is known of it.</summary>
    public static IReadOnlyList<string> SuspectsOf(string state) =>
        Known.FirstOrDefault(known => state.StartsWith(known.State, StringComparison.Ordinal)).Suspects ?? [];

    /// <summary>Prometheus holds that an alert is due.</summary>
    public static string Fires(string alert) => $"{Fired}{alert}";

    /// <summary>A receiver has heard of an alert.</summary>
    public static string Tells(string receiver, string alert) => $"{Told}{receiver} of {alert}";

    /// <summary>A service has written a line on something.</summary>
    public static string Writes(string service, string of) => $"{service}{Wrote}{of}";

    internal static string RowFor(string question) => $"{Row}'{Cut.To(question, 80)}'";
}
