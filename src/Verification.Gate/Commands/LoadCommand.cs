using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Verification.Gate.Runs;
using Verification.Objectives;

namespace Verification.Gate.Commands;

/// <summary><c>verify load</c>: a gate for the objectives of load alone, with the figures of each scenario.</summary>
internal static class LoadCommand
{
    /// <summary>What the objectives of the load of <c>pr</c> begin with; those of the others have their scenario's name behind
    /// it.</summary>
    private const string Prefix = "load";

    private const string LiveEvent = "live-event";
    private const int HighestRate = 100_000;

    public static Command Make(Invoker invoke)
    {
        var names = new Argument<string[]>("SCENARIO")
        {
            Description = "Scenarios to run; all where none is named",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var duration = new Option<string?>("--duration")
        {
            HelpName = "T",
            Description = "How long each load lasts, such as 30s; ramps and phases keep their shares (default: as its scenario says)",
        };
        var rate = new Option<int?>("--rate")
        {
            HelpName = "N",
            Description =
                "How many requests a second each load makes at its peak, all kinds together; copies stay (default: as its scenario says)",
        };
        var abortOnFail = new Option<bool>("--abort-on-fail")
        {
            Description = "End a load once one of its objectives can no longer hold (default: each runs to its end)",
        };
        DurationOption.Check(
            duration,
            asked => asked is { TotalSeconds: >= 1, TotalMinutes: <= 5 } ? null : "a load lasts from 1 s to 5 min."
        );
        rate.Validators.Add(parsed => AddProblem(parsed, RateProblem(parsed)));
        var scenarios = new NamedScenarios("load scenario", "load fills its table and resets it", Known);
        var command = new Command(
            Prefix,
            """
            Put load on a platform of its own, judge it, and show the figures of each scenario.

            Examples:
              ./verify load --list
              ./verify load writes propagation
              ./verify load spike --duration 60s --rate 400
              ./verify load long-event --abort-on-fail
              ./verify load
            """
        )
        {
            names,
            duration,
            rate,
            abortOnFail,
        };
        scenarios.AddTo(command, "Put the load on a running platform that may be changed, described by this stack.json");
        command.SetAction(
            (parsed, _) =>
                invoke(async context =>
                {
                    if (scenarios.IsListed(parsed, context))
                        return ExitCodes.Pass;
                    var shaped = scenarios.Gate(parsed, context, known => parsed.GetValue(names) is { Length: > 0 } named ? named : known);
                    var options = shaped with
                    {
                        LoadDuration = DurationOption.Of(parsed, duration),
                        LoadRate = parsed.GetValue(rate),
                        LoadAbortOnFail = parsed.GetValue(abortOnFail),
                    };
                    TellTooFew(options, context);
                    var verdict = await new GateRun(context.Root, context.Progress, context.Time)
                        .JudgeAsync(options, context.Interruption)
                        .ConfigureAwait(false);
                    await SuiteTexts.PrintAsync(verdict, $"{Prefix}-*.txt", context).ConfigureAwait(false);
                    return GateRun.ExitCodeOf(verdict, context.Interruption);
                })
        );
        return command;
    }

    /// <summary>The objectives of each scenario, by its name.</summary>
    internal static IReadOnlyDictionary<string, IReadOnlyList<string>> Known(Gates gates) =>
        gates
            .Objectives.Keys.Where(id =>
                id.StartsWith($"{Prefix}.", StringComparison.Ordinal) || id.StartsWith($"{Prefix}-", StringComparison.Ordinal)
            )
            .GroupBy(id => id[..id.IndexOf('.', StringComparison.Ordinal)], StringComparer.Ordinal)
            .ToDictionary(
                group => group.Key == Prefix ? LiveEvent : group.Key[(Prefix.Length + 1)..],
                IReadOnlyList<string> (group) => [.. group],
                StringComparer.Ordinal
            );

    /// <summary>Says, before anything is started, what the wanted length and rate can't decide.</summary>
    /// <exception cref="UsageException">They can decide nothing.</exception>
    private static void TellTooFew(GateOptions options, CommandContext context)
    {
        var tooFew = PlannedLoad.TooFewOf(GatesFile.Read(options.Gates), options);
        if (tooFew.Count > 0 && tooFew.Count == options.Only.Count)
            throw new UsageException($"so short or so light a load decides nothing: {string.Join("; ", tooFew)}.");
        foreach (var each in tooFew)
            context.Progress.Doubt($"stays UNKNOWN: {each}");
    }

    private static string? RateProblem(OptionResult parsed)
    {
        var text = parsed.Tokens is [var only] ? only.Value : "";
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var rate) && rate is >= 1 and <= HighestRate
            ? null
            : $"--rate {text}: expected a whole number of requests a second, from 1 to {HighestRate}.";
    }

    private static void AddProblem(OptionResult parsed, string? problem)
    {
        if (problem is not null)
            parsed.AddError(problem);
    }
}
