using System.Text.RegularExpressions;

namespace Verification.Observability;

/// <summary>What a runbook of <c>docs/runbooks/</c> tells whoever was paged to run.</summary>
public static partial class Runbook
{
    /// <summary>The commands of all runbooks: each block that is marked with a role.</summary>
    /// <param name="root">Root of the project.</param>
    public static IReadOnlyList<RunbookCommand> CommandsOf(string root) =>
        [
            .. from file in Directory.EnumerateFiles(Path.Combine(root, "docs", "runbooks"), "*.md").Order(StringComparer.Ordinal)
            where Path.GetFileNameWithoutExtension(file) != "README"
            from block in Block().Matches(File.ReadAllText(file))
            from command in block.Groups["commands"].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            select new RunbookCommand(Path.GetFileNameWithoutExtension(file), block.Groups["role"].Value, command),
        ];

    [GeneratedRegex(
        "^```sh (?<role>[a-z-]+)\n(?<commands>.*?)^```$",
        RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Block();
}

/// <summary>A command of a runbook.</summary>
/// <param name="Runbook">Name of the runbook, which is that of the alert.</param>
/// <param name="Role">The role inside an instance of which it is run.</param>
/// <param name="Command">A line for a shell.</param>
public sealed partial record RunbookCommand(string Runbook, string Role, string Command)
{
    /// <summary>What it asks Prometheus for; null where it asks for nothing.</summary>
    public string? Expression => Query().Match(Command) is { Success: true } query ? query.Groups["expression"].Value : null;

    [GeneratedRegex(
        @"^promtool query instant \S+ '?(?<expression>[^']+)'?$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking
    )]
    private static partial Regex Query();
}
