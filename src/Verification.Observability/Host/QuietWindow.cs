using Verification.Objectives;

namespace Verification.Observability;

/// <summary>A time of healthy load in which nobody should have been told anything. Several of them add up.</summary>
/// <param name="Length">How long it was.</param>
/// <param name="Told">What was told all the same.</param>
/// <param name="Lack">Why its silence says nothing: it was not looked at, or not under load; null where it does.</param>
/// <param name="Busy">Why nothing at all can be said of it: others took the machine's processors; null where they did not.</param>
public sealed record QuietWindow(TimeSpan Length, IReadOnlyList<string> Told, string? Lack, string? Busy)
{
    /// <summary>Why it counts for nothing; null where it counts.</summary>
    public string? Left =>
        Busy is not null ? (Told.Count == 0 ? Busy : $"{string.Join(", ", Told)}; {Busy}")
        : Told.Count == 0 ? Lack
        : null;

    /// <summary>Whether no further window is needed: something was told, or those that count are long enough.</summary>
    /// <param name="windows">Those that there were.</param>
    /// <param name="enough">How long.</param>
    public static bool AreEnough(IReadOnlyList<QuietWindow> windows, TimeSpan enough)
    {
        ArgumentNullException.ThrowIfNull(windows);
        return windows.Any(window => window.Told.Count > 0) || Counted(windows) >= enough;
    }

    /// <summary>What windows say together: what was told in any of them, on the seconds of those that count.</summary>
    /// <param name="objective">Id of the objective, whose unit counts alerts.</param>
    /// <param name="windows">The windows.</param>
    public static Measurement Of(string objective, IReadOnlyList<QuietWindow> windows)
    {
        ArgumentNullException.ThrowIfNull(windows);
        var told = windows.Where(window => window.Busy is null).SelectMany(window => window.Told).ToList();
        var seconds = (long)Counted(windows).TotalSeconds;
        if (told.Count > 0)
            return Measurement.OfDeviations(objective, told, seconds);
        // What is late on a busy machine is rightly told: then nothing is known, however quiet the others were.
        if (windows.FirstOrDefault(window => window.Told.Count > 0) is { Left: { } busy })
            return Measurement.NotMeasured(objective, busy);
        var left = windows.Select(window => window.Left).OfType<string>().ToList();
        return new Measurement(
            objective,
            0,
            seconds,
            left.Count == 0 ? null : $"of {windows.Count} windows {left.Count} count for nothing: {string.Join(" | ", left)}"
        );
    }

    private static TimeSpan Counted(IEnumerable<QuietWindow> windows) =>
        windows.Where(window => window.Left is null).Aggregate(TimeSpan.Zero, (sum, window) => sum + window.Length);
}
