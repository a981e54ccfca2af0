using System.CommandLine;
using Verification.Gate.Runs;
using Verification.Objectives;
using Verification.Stack;

namespace Verification.Gate.Commands;

/// <summary><c>verify load</c>: a gate for the objectives of load alone, with the figures of each scenario.</summary>
internal static class LoadCommand
{
    /// <summary>What the objectives of the load of <c>pr</c> begin with; those of the others have their scenario's name behind
    /// it.</summary>
    private const string Prefix = "load";

    private const string LiveEvent = "live-event";

    public static Command Make(Invoker invoke)
    {
        var names = new Argument<string[]>("SCENARIO")
        {
            Description = "Scenarios to run; all where none is named",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var list = new Option<bool>("--list") { Description = "Only list them, each with its objectives" };
        var stack = new Option<string?>("--stack")
        {
            Description = "Put the load on a running platform that may be changed, described by this stack.json",
            HelpName = "FILE",
        };
        stack.Validators.Add(PlatformOptions.MustExist);
        var platform = new PlatformOptions();
        var command = new Command(
            Prefix,
            """
            Put load on a platform of its own, judge what was seen, and show the figures of each scenario.

            Examples:
              ./verify load --list
              ./verify load writes propagation
              ./verify load
            """
        )
        {
            names,
            list,
            stack,
        };
        platform.AddTo(command);
        command.SetAction(
            (parsed, _) =>
                invoke(async context =>
                {
                    var gates = GatesFile.Read(context.Root.Gates);
                    var known = Known(gates);
                    var output = context.Progress.Console.Profile.Out.Writer;
                    if (parsed.GetValue(list))
                    {
                        foreach (var (name, objectives) in known)
                            output.WriteLine($"{name}  {string.Join(' ', objectives)}");
                        return ExitCodes.Pass;
                    }

                    var wanted = Wanted(known, parsed.GetValue(names) ?? []);
                    if (parsed.GetValue(stack) is { } file && !StackFile.Read(file).Destructive)
                        throw new UsageException(
                            $"--stack {file}: the stack may not be changed (destructive: false), and load fills its table and resets it. Start one with ./verify up --destructive, or leave --stack out."
                        );
                    context.MustRecord();
                    var choice = platform.Of(parsed, context.Root, context.Root.Gates);
                    var options = new GateOptions
                    {
                        Profile = gates.Profiles.Values.First(profile => wanted.All(profile.Requirements.ContainsKey)).Name,
                        Only = wanted,
                        Gates = context.Root.Gates,
                        Sut = choice.Sut,
                        Images = choice.Images,
                        Broker = choice.Broker,
                        Stack = parsed.GetValue(stack),
                    };
                    var code = await new GateRun(context.Root, context.Progress, context.Time)
                        .RunAsync(options, context.Interruption)
                        .ConfigureAwait(false);
                    foreach (var summary in Summaries(RunLocator.Find(context.Root.Runs, RunLocator.Last)))
                        output.Write(await File.ReadAllTextAsync(summary, context.Ended).ConfigureAwait(false));
                    return code;
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

    private static IReadOnlyList<string> Wanted(IReadOnlyDictionary<string, IReadOnlyList<string>> known, IReadOnlyList<string> named) =>
        [
            .. (named.Count == 0 ? known.Keys : named.Distinct(StringComparer.Ordinal)).SelectMany(name =>
                known.TryGetValue(name, out var objectives)
                    ? objectives
                    : throw new UsageException(
                        $"there is no load scenario {name}.{Suggestion.Question(name, known.Keys)} There are {string.Join(", ", known.Keys)}."
                    )
            ),
        ];

    /// <summary>The summaries that the suite has left, in the order of their scenarios.</summary>
    private static IEnumerable<string> Summaries(RunFolder run) =>
        Directory.Exists(run.Checks) ? Directory.EnumerateFiles(run.Checks, $"{Prefix}-*.txt").OrderBy(File.GetLastWriteTimeUtc) : [];
}
