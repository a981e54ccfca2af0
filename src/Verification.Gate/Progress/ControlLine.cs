using Spectre.Console;
using Spectre.Console.Rendering;
using Verification.Objectives;
using Measurement = Spectre.Console.Rendering.Measurement;

namespace Verification.Gate.Progress;

/// <summary>Text that is written as one line and never wrapped; control characters of what was observed do not reach the terminal, nor does
/// all of an endless line.</summary>
internal sealed class ControlLine(string text, Style style) : IRenderable
{
    private const int Longest = 4 * Quotation.Longest;
    private readonly string shown = Quotation.Seen(text, Longest);

    public Measurement Measure(RenderOptions options, int maxWidth) => new(shown.Length, shown.Length);

    public IEnumerable<Segment> Render(RenderOptions options, int maxWidth) => [new Segment(shown, style)];
}
