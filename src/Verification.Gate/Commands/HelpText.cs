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
        try
        {
            return standard.Invoke(parseResult);
        }
        finally
        {
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
            output.WriteLine($"  {command.Name.PadRight(width)}  {command.Description!.Split('\n')[0].Trim()}");
        output.WriteLine();
        output.WriteLine($"{Script} COMMAND --help tells its options, with examples. --no-install installs nothing on this machine.");
    }
}
