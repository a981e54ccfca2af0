using System.CommandLine;
using Verification.Gate.Mutants;
using Verification.Objectives;

namespace Verification.Gate.Commands;

/// <summary><c>verify mutants</c>.</summary>
internal static class MutantsCommand
{
    public static Command Make(Invoker invoke)
    {
        var names = new Argument<string[]>("NAME") { Description = "Mutants to run; all where none is named", Arity = ArgumentArity.ZeroOrMore };
        var list = new Option<bool>("--list") { Description = "Only list them, each with the objective that must catch it" };
        var command = new Command(
            "mutants",
            """
            Seed known defects and see that the gate catches each: PASS without it, FAIL with it.

            Examples:
              ./verify mutants
              ./verify mutants acknowledge-before-commit
              ./verify mutants --list
            """)
        {
            names, list,
        };
        command.SetAction((parsed, _) => invoke(async context =>
        {
            var mutants = MutantRun.Known(context.Root);
            if (parsed.GetValue(list))
            {
                foreach (var mutant in mutants.Values)
                    context.Progress.Console.Profile.Out.Writer.WriteLine($"{mutant.Name}  {mutant.Objective}  {mutant.Defect}");
                return ExitCodes.Pass;
            }

            var named = parsed.GetValue(names) ?? [];
            if (named.FirstOrDefault(name => !mutants.ContainsKey(name)) is { } unknown)
                throw new UsageException($"there is no mutant {unknown}.{Closest.Hint(unknown, mutants.Keys)} See ./verify mutants --list.");
            return await new MutantRun(context.Root, context.Progress, context.Time)
                .RunAsync(named.Length > 0 ? [.. named.Select(name => mutants[name])] : [.. mutants.Values], context.Interruption).ConfigureAwait(false);
        }));
        return command;
    }
}
