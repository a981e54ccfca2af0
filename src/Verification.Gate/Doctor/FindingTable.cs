using Spectre.Console;

namespace Verification.Gate.Doctor;

/// <summary>What was found, as a table on the console: a line each where it is wide enough, none of them blank.</summary>
internal static class FindingTable
{
    public static void Print(IAnsiConsole console, IReadOnlyList<Finding> findings)
    {
        var table = new Table { Border = TableBorder.None };
        table.AddColumns("", "what", "found", "what to do");
        foreach (var finding in findings)
        {
            var word =
                finding.Ok ? "[green]ok[/]"
                : finding.Needed ? "[red]MISSING[/]"
                : "[yellow]without[/]";
            table.AddRow(word, Markup.Escape(finding.What), Markup.Escape(finding.Seen), finding.Ok ? "" : Markup.Escape(finding.Advice));
        }

        console.Write(table);
    }
}
