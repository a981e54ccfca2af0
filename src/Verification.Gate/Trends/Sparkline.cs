namespace Verification.Gate.Trends;

/// <summary>Figures as a line of bars, one a run: <c>▁▃█</c>; <c>·</c> where nothing was measured.</summary>
internal static class Sparkline
{
    private const string Bars = "▁▂▃▄▅▆▇█";

    /// <summary>The bars, scaled from the least to the greatest of the figures; all low where they are equal.</summary>
    public static string Of(IReadOnlyList<double?> values)
    {
        var least = values.Min() ?? 0;
        var span = (values.Max() ?? 0) - least;
        return string.Concat(
            values.Select(value =>
                value is not { } known ? '·'
                : span == 0 ? Bars[0]
                : Bars[(int)Math.Round((known - least) / span * (Bars.Length - 1))]
            )
        );
    }
}
