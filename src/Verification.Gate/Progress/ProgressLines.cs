using System.Globalization;
using Spectre.Console;

namespace Verification.Gate.Progress;

/// <summary>What happens, line by line, each with the time since the start: <c>[  3.2 s] mysql ready</c>.</summary>
/// <param name="console">Where to.</param>
/// <param name="time">The clock.</param>
internal sealed class ProgressLines(IAnsiConsole console, TimeProvider time)
{
    private readonly long start = time.GetTimestamp();
    private readonly Lock writing = new();

    public IAnsiConsole Console => console;

    public TimeSpan Elapsed => time.GetElapsedTime(start);

    public void Say(string text) => Write(text, Style.Plain);

    public void Good(string text) => Write(text, new Style(Color.Green));

    public void Bad(string text) => Write(text, new Style(Color.Red));

    public void Doubt(string text) => Write(text, new Style(Color.Yellow));

    private void Write(string text, Style style)
    {
        var stamp = string.Create(CultureInfo.InvariantCulture, $"[{Elapsed.TotalSeconds, 5:0.0} s] ");
        lock (writing)
        {
            // Markup is written as it is: a line stays one line in a log, whatever its length.
            console.Write(new ControlLine(stamp, new Style(Color.Grey)));
            console.Write(new ControlLine(text, style));
            console.WriteLine();
        }
    }
}
