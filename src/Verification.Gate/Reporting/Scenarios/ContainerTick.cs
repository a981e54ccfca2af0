namespace Verification.Gate.Reporting.Scenarios;

/// <summary>What the engine told of containers, as ticks under the operations of a picture. Lengths are in units of the picture.</summary>
/// <param name="X">Where it is.</param>
/// <param name="Bottom">Where it ends below.</param>
/// <param name="Anchor">Which end of its name stands at it.</param>
/// <param name="Shift">How far its name is from it.</param>
/// <param name="Label">Name of the instance, and what happened; empty where others leave no room for it.</param>
/// <param name="Title">All of it in words.</param>
internal sealed record ContainerTick(string X, string Bottom, string Anchor, string Shift, string Label, string Title)
{
    /// <summary>How many ticks a picture has.</summary>
    public const int Most = 40;

    private const int Rows = 3;
    private const int RowHeight = 13;

    // Wide enough for any letter of the style sheet's font.
    private const double Letter = 6.2;

    /// <summary>The ticks of events, and the height of the lane that they take.</summary>
    /// <param name="events">What was told.</param>
    /// <param name="drawing">Where moments are.</param>
    /// <param name="top">Where the lane begins.</param>
    public static (IReadOnlyList<ContainerTick> Ticks, int Height) Of(IReadOnlyList<TimelineSpan> events, TimelineDrawing drawing, int top)
    {
        var ends = Enumerable.Repeat(double.NegativeInfinity, Rows).ToArray();
        var ticks = new List<ContainerTick>();
        var height = 0;
        foreach (var each in events.Take(Most))
        {
            var x = Math.Clamp(drawing.X(each.From), 0, TimelineDrawing.Width);
            var label = $"{each.Line.Instance} {each.Line.Name}";
            var length = (label.Length + 1) * Letter;
            var fits = x + length <= TimelineDrawing.Width;
            var left = fits ? x : x - length;
            var row = Array.FindIndex(ends, end => end <= left);
            if (row >= 0)
                ends[row] = left + length;
            var bottom = (Math.Max(0, row) + 1) * RowHeight;
            height = Math.Max(height, bottom);
            ticks.Add(
                new ContainerTick(
                    TimelineDrawing.N(x),
                    TimelineDrawing.N(top + bottom),
                    fits ? "start" : "end",
                    fits ? "2" : "-2",
                    row < 0 ? string.Empty : label,
                    Worded(each)
                )
            );
        }

        return (ticks, height);
    }

    /// <summary>All events in words, those of which the picture has no tick by their number.</summary>
    public static IReadOnlyList<string> Told(IReadOnlyList<TimelineSpan> events) =>
        [
            .. events.Take(Most).Select(Worded),
            .. events.Count > Most ? [$"and {events.Count - Most} more events of containers"] : Array.Empty<string>(),
        ];

    private static string Worded(TimelineSpan each) =>
        $"{each.Line.Instance}: {each.Line.Name}{(each.Line.Detail is { } detail ? $" ({detail})" : string.Empty)}, {TimelineDrawing.N(each.From)} s";
}
