using System.Text;
using Spectre.Console;

namespace Verification.Gate.Progress;

/// <summary>The consoles of the program: colours on a terminal only, and never under <c>NO_COLOR</c>.</summary>
internal static class Consoles
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>A writer that goes on where its reader has gone or its disk is full; each write goes on at once.</summary>
    public static TextWriter Enduring(Stream stream) => new StreamWriter(new EnduringStream(stream), Utf8) { AutoFlush = true };

    public static IAnsiConsole Of(TextWriter writer, bool redirected)
    {
        var plain = redirected || Environment.GetEnvironmentVariable("NO_COLOR") is { Length: > 0 };
        var console = AnsiConsole.Create(
            new AnsiConsoleSettings
            {
                Ansi = plain ? AnsiSupport.No : AnsiSupport.Detect,
                ColorSystem = plain ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
                Interactive = InteractionSupport.No,
                Out = new AnsiConsoleOutput(writer),
            }
        );
        if (redirected)
            console.Profile.Width = 200;
        return console;
    }
}
