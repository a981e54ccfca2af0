namespace Verification.Gate.Admission;

/// <summary>How old something is.</summary>
internal static class Age
{
    /// <summary>An age for people, in its largest whole units: <c>2 d 3 h</c>, <c>5 h 10 min</c>, <c>4 min</c>.</summary>
    public static string Text(TimeSpan age) =>
        age switch
        {
            { TotalDays: >= 1 } => $"{age.Days} d {age.Hours} h",
            { TotalHours: >= 1 } => $"{age.Hours} h {age.Minutes} min",
            _ => $"{(int)age.TotalMinutes} min",
        };
}
