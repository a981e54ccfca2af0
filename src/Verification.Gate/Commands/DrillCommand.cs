using System.CommandLine;
using Verification.Gate.Runs;
using Verification.Objectives;
using Verification.Stack;

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
        var list = new Option<bool>("--list") { Description = "Only list them, each with its objectives" };
        var stack = new Option<string?>("--stack")
        {
            Description = "Drill on a running platform that may be broken, described by this stack.json",
            HelpName = "FILE",
        };
        stack.Validators.Add(PlatformOptions.MustExist);
        var platform = new PlatformOptions();
        var command = new Command(
            "drill",
            """
            Rehearse a recovery on a platform of its own: what is lost, whether what comes back is exact, how long it takes, phase by phase.

            Examples:
              ./verify drill --list
              ./verify drill dropped-table
              ./verify drill --all
            """
        )
        {
            names,
            all,
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
                    if (parsed.GetValue(list))
                    {
                        foreach (var (name, objectives) in known)
                            context.Progress.Console.Profile.Out.Writer.WriteLine($"{name}  {string.Join(' ', objectives)}");
                        return ExitCodes.Pass;
                    }

                    var wanted = Wanted(known, parsed.GetValue(names) ?? [], parsed.GetValue(all));
                    if (parsed.GetValue(stack) is { } file && !StackFile.Read(file).Destructive)
                        throw new UsageException(
                            $"--stack {file}: the stack may not be changed (destructive: false), and a drill breaks it. Start one with ./verify up --destructive, or leave --stack out."
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
                    return await new GateRun(context.Root, context.Progress, context.Time)
                        .RunAsync(options, context.Interruption)
                        .ConfigureAwait(false);
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

    private static IReadOnlyList<string> Wanted(
        IReadOnlyDictionary<string, IReadOnlyList<string>> known,
        IReadOnlyList<string> named,
        bool all
    )
    {
        if (all == named.Count > 0)
            throw new UsageException($"drill: name one or more of {string.Join(", ", known.Keys)}, or --all.");
        return
        [
            .. (all ? known.Keys : named.Distinct(StringComparer.Ordinal)).SelectMany(name =>
                known.TryGetValue(name, out var objectives)
                    ? objectives
                    : throw new UsageException(
                        $"there is no drill {name}.{Suggestion.Question(name, known.Keys)} There are {string.Join(", ", known.Keys)}."
                    )
            ),
        ];
    }
}
