using System.CommandLine;

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
            var mutants = context.Parts.NeedMutants();
            if (parsed.GetValue(list))
            {
                foreach (var (mutant, objective) in mutants.Known)
                    context.Progress.Console.Profile.Out.Writer.WriteLine($"{mutant}  {objective}");
                return ExitCode.Pass;
            }

            var named = parsed.GetValue(names) ?? [];
            if (named.FirstOrDefault(name => !mutants.Known.ContainsKey(name)) is { } unknown)
                throw new UsageException($"there is no mutant {unknown}.{Closest.Hint(unknown, mutants.Known.Keys)} See ./verify mutants --list.");
            return await mutants.RunAsync(named, context.Progress, context.Ended).ConfigureAwait(false);
        }));
        return command;
    }
}
