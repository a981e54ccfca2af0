using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using Verification.Gate.Mutants;
using Verification.Gate.Mutants.Services;
using Verification.Gate.Runs;
using Verification.Gate.Suites;
using Verification.Objectives;
using Verification.Stack;

namespace Verification.Gate.Commands;

/// <summary><c>verify mutants</c>.</summary>
internal static class MutantsCommand
{
    public static Command Make(Invoker invoke)
    {
        var names = new Argument<string[]>("NAME")
        {
            Description = "Mutants to run, written or generated; all written ones where none is named",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var generated = new Option<string?>("--generated")
        {
            Description =
                $"The generated ones instead: each setting of config/, or of one component ({string.Join(", ", GeneratedMutants.Components.Keys)}), left out",
            HelpName = "COMPONENT",
            Arity = ArgumentArity.ZeroOrOne,
        };
        generated.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !GeneratedMutants.Components.ContainsKey(token.Value))
                result.AddError(
                    $"--generated {token.Value}: expected {string.Join(", ", GeneratedMutants.Components.Keys)}, or nothing.{Suggestion.Question(token.Value, GeneratedMutants.Components.Keys)}"
                );
        });
        var services = new Option<bool>("--services")
        {
            Description =
                "Defects that a machine has made instead: small changes of the services that compile and that their own unit tests do not see",
        };
        var sample = new Option<int>("--sample")
        {
            Description = "With --services: how many",
            HelpName = "N",
            DefaultValueFactory = _ => 60,
        };
        sample.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && (!int.TryParse(token.Value, CultureInfo.InvariantCulture, out var count) || count < 1))
                result.AddError($"--sample {token.Value}: expected a number of at least 1.");
        });
        var seed = new Option<int?>("--seed") { Description = "With --services: draws the same ones again", HelpName = "S" };
        var resume = new Option<bool>("--resume")
        {
            Description = "Leave out those whose result is in runs/mutants.jsonl for the same project",
        };
        var within = new Option<string?>("--within")
        {
            Description = "After this none is begun any more, and what is left is told: --resume goes on with it (130m)",
            HelpName = "DURATION",
        };
        DurationOption.Check(within, duration => duration > TimeSpan.Zero ? null : "expected more than nothing, as 130m.");
        var list = new Option<bool>("--list") { Description = "Only list them, each with the objective that must catch it" };
        var command = new Command(
            "mutants",
            """
            Seed known defects and see that the gate catches each: PASS without it, FAIL with it.

            Exit code 1: one survived, mutants/inert.yaml lists one that is killed, or mutants/equivalent.yaml too many of a sample.
            3: one could not be tried, or was not begun within --within.

            Examples:
              ./verify mutants
              ./verify mutants acknowledge-before-commit mysql/max-connections
              ./verify mutants --generated artemis --resume
              ./verify mutants --generated --list
              ./verify mutants --services --sample 60 --seed 7
            """
        )
        {
            names,
            generated,
            services,
            sample,
            seed,
            resume,
            within,
            list,
        };
        command.SetAction(
            (parsed, _) =>
                invoke(async context =>
                {
                    if (parsed.GetValue(services))
                    {
                        if (DurationOption.Of(parsed, within) is not null)
                            throw new UsageException(
                                "mutants --services --within: a sample is judged whole or not at all. Leave --within out, or draw fewer with --sample N."
                            );
                        MustBeUsable(context.Root);
                        ServiceMutantRun.MustBeAbleToWake(context.Root);
                        var run = new ServiceMutantRun(context.Root, context.Progress, context.Time);
                        var drawnBy = parsed.GetValue(seed) ?? RandomNumberGenerator.GetInt32(1_000_000);
                        if (parsed.GetValue(list))
                        {
                            await run.ListAsync(
                                    parsed.GetValue(sample),
                                    drawnBy,
                                    context.Progress.Console.Profile.Out.Writer.WriteLine,
                                    context.Interruption.Token
                                )
                                .ConfigureAwait(false);
                            return ExitCodes.Pass;
                        }

                        context.MustRecord();
                        return await run.RunAsync(parsed.GetValue(sample), drawnBy, parsed.GetValue(resume), context.Interruption)
                            .ConfigureAwait(false);
                    }

                    var candidates = Chosen(
                        context.Root,
                        parsed.GetValue(names) ?? [],
                        parsed.GetResult(generated) is not null,
                        parsed.GetValue(generated)
                    );
                    if (parsed.GetValue(list))
                    {
                        foreach (var (mutant, _, inert) in candidates)
                            context.Progress.Console.Profile.Out.Writer.WriteLine(
                                $"{mutant.Name}  {mutant.Objective}  {(inert is null ? mutant.Defect : $"inert: {inert}")}"
                            );
                        return ExitCodes.Pass;
                    }

                    MustBeUsable(context.Root);
                    context.MustRecord();
                    return await new MutantRun(context.Root, context.Progress, context.Time)
                        .RunAsync(candidates, parsed.GetValue(resume), DurationOption.Of(parsed, within), context.Interruption)
                        .ConfigureAwait(false);
                })
        );
        return command;
    }

    /// <summary>Reads what the gates of mutants read: nothing is built, and nobody waited for, where one of those files is wrong.</summary>
    private static void MustBeUsable(ProjectRoot root)
    {
        SutFile.Read(root.Sut, GatesFile.Read(root.Gates, SuiteExecutables.All(root.Path)));
        FilesOfSuites.MustBeUsable(root, root.Config);
    }

    private static IReadOnlyList<MutantCandidate> Chosen(ProjectRoot root, IReadOnlyList<string> named, bool generated, string? component)
    {
        if (named.Count > 0)
        {
            var known = MutantRun
                .Written(root)
                .Concat(GeneratedMutants.Of(root))
                .ToDictionary(candidate => candidate.Mutant.Name, StringComparer.Ordinal);
            return
            [
                .. named
                    .Distinct()
                    .Select(name =>
                        known.GetValueOrDefault(name)
                        ?? throw new UsageException(
                            $"there is no mutant {name}.{Suggestion.Question(name, known.Keys)} See ./verify mutants --list, ./verify mutants --generated --list."
                        )
                    ),
            ];
        }

        return generated
            ?
            [
                .. GeneratedMutants
                    .Of(root)
                    .Where(candidate => component is null || candidate.Mutant.Name.StartsWith($"{component}/", StringComparison.Ordinal)),
            ]
            : MutantRun.Written(root);
    }
}
