using System.CommandLine;
using Verification.Gate.Runs;
using Verification.Objectives;

namespace Verification.Gate.Commands;

/// <summary><c>verify drill</c>: a gate for the objectives of drills alone.</summary>
internal static class DrillCommand
{
    /// <summary>What the objectives of a drill begin with, before its name.</summary>
    public const string Prefix = "drill-";

    public static Command Make(Invoker invoke)
    {
        var names = new Argument<string[]>("NAME") { Description = "Drills to run", Arity = ArgumentArity.ZeroOrMore };
        var all = new Option<bool>("--all") { Description = "All drills" };
        var drills = new NamedScenarios("drill", "a drill breaks it", Known);
        var command = new Command(
            "drill",
            """
            Rehearse a recovery on a platform of its own. It tells what is lost, whether what comes back is exact, how long it takes, phase by phase.

            Examples:
              ./verify drill --list
              ./verify drill dropped-table
              ./verify drill --all
              ./verify drill latest --help
            """
        )
        {
            names,
            all,
            DrillLatestCommand.Make(invoke),
        };
        drills.AddTo(command, "Drill on a running platform that may be broken, described by this stack.json");
        command.SetAction(
            (parsed, _) =>
                invoke(async context =>
                {
                    if (drills.IsListed(parsed, context))
                        return ExitCodes.Pass;
                    var options = drills.Gate(
                        parsed,
                        context,
                        known => NamedScenarios.NamedOrAll("drill", known, parsed.GetValue(names) ?? [], parsed.GetValue(all))
                    );
                    var verdict = await new GateRun(context.Root, context.Progress, context.Time)
                        .JudgeAsync(options, context.Interruption)
                        .ConfigureAwait(false);
                    await SuiteTexts.PrintAsync(verdict, $"{Prefix}*.md", context).ConfigureAwait(false);
                    return GateRun.ExitCodeOf(verdict, context.Interruption);
                })
        );
        return command;
    }

    /// <summary>The objectives of each drill, by its name.</summary>
    internal static IReadOnlyDictionary<string, IReadOnlyList<string>> Known(Gates gates) =>
        gates
            .Objectives.Keys.Where(id => id.StartsWith(Prefix, StringComparison.Ordinal))
            .GroupBy(id => id[Prefix.Length..id.IndexOf('.', StringComparison.Ordinal)], StringComparer.Ordinal)
            .ToDictionary(group => group.Key, IReadOnlyList<string> (group) => [.. group], StringComparer.Ordinal);
}
