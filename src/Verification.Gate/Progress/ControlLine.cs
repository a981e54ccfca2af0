using Spectre.Console;
using Spectre.Console.Rendering;

namespace Verification.Gate.Progress;

/// <summary>Text that is written as one line and never wrapped; control characters of what was observed do not reach the terminal.</summary>
internal sealed class ControlLine(string text, Style style) : IRenderable
{
    private readonly string shown = string.Concat(text.Select(character => char.IsControl(character) ? ' ' : character));

    public Measurement Measure(RenderOptions options, int maxWidth) => new(shown.Length, shown.Length);

    public IEnumerable<Segment> Render(RenderOptions options, int maxWidth) => [new Segment(shown, style)];
}
