using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Verification.Gate.Commands;

/// <summary>The help: all commands in a line each, or one command with its examples. The program is called by its script, and named
/// so.</summary>
/// <param name="standard">Writes the help of one command.</param>
internal sealed class HelpText(HelpAction standard) : SynchronousCommandLineAction
{
    private const string Script = "./verify";

    /// <inheritdoc />
    public override bool ClearsParseErrors => true;

    /// <summary>Makes a command line help in these words.</summary>
    public static void Use(RootCommand root)
    {
        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new HelpText((HelpAction)help.Action!);
        foreach (var command in root.Subcommands.SelectMany(command => command.Subcommands.Prepend(command)))
            command.Description = Flowing(command.Description!);
    }

    /// <inheritdoc />
    public override int Invoke(ParseResult parseResult)
    {
        var configuration = parseResult.InvocationConfiguration;
        var output = configuration.Output;
        if (parseResult.CommandResult.Command is RootCommand root)
        {
            WriteOverview(root, output);
            return 0;
        }

        using var text = new StringWriter();
        configuration.Output = text;
        // Of the commands below it, which help themselves, a sentence is enough.
        var below = parseResult
            .CommandResult.Command.Subcommands.Select(command => (Command: command, Whole: command.Description))
            .ToList();
        foreach (var (command, whole) in below)
            command.Description = FirstSentence(whole!);
        try
        {
            return standard.Invoke(parseResult);
        }
        finally
        {
            foreach (var (command, whole) in below)
                command.Description = whole;
            configuration.Output = output;
            output.Write(text.ToString().Replace(RootCommand.ExecutableName, Script, StringComparison.Ordinal));
        }
    }

    private static void WriteOverview(RootCommand root, TextWriter output)
    {
        output.WriteLine($"Usage: {Script} COMMAND");
        output.WriteLine();
        output.WriteLine(root.Description);
        output.WriteLine();
        var width = root.Subcommands.Max(command => command.Name.Length);
        foreach (var command in root.Subcommands)
            output.WriteLine($"  {command.Name.PadRight(width)}  {FirstSentence(command.Description!)}");
        output.WriteLine();
        output.WriteLine($"{Script} COMMAND --help tells its options, with examples. --no-install installs nothing on this machine.");
    }

    /// <summary>A text whose paragraphs are a line each, as wide as the reader's terminal makes them; what is indented stays.</summary>
    internal static string Flowing(string text)
    {
        var flowing = new List<string>();
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n'))
        {
            if (flowing is [.., { Length: > 0 } before] && line.Length > 0 && !IsApart(before) && !IsApart(line))
                flowing[^1] = $"{before} {line}";
            else
                flowing.Add(line);
        }

        return string.Join('\n', flowing);
    }

    /// <summary>The first sentence of a text, with its full stop; the first line where that is none.</summary>
    internal static string FirstSentence(string text)
    {
        var line = text.Split('\n')[0].Trim();
        return line.IndexOf(". ", StringComparison.Ordinal) is > 0 and var end ? line[..(end + 1)] : line;
    }

    private static bool IsApart(string line) => char.IsWhiteSpace(line[0]) || line is "Example:" or "Examples:";
}
