using System.CommandLine;
using Verification.Gate.Runs;
using Verification.Objectives;
using Verification.Stack;

namespace Verification.Gate.Commands;

/// <summary>What the commands share that are a gate of scenarios alone: each scenario has a name, which its objectives have in
/// theirs.</summary>
/// <param name="kind">What they are called: <c>drill</c>.</param>
/// <param name="harm">What one of them does to a platform, as a sentence goes on: <c>a drill breaks it</c>.</param>
/// <param name="known">The objectives of each scenario, by its name.</param>
internal sealed class NamedScenarios(string kind, string harm, Func<Gates, IReadOnlyDictionary<string, IReadOnlyList<string>>> known)
{
    private readonly Option<bool> list = new("--list") { Description = "Only list them, each with its objectives" };
    private readonly Option<string?> stack = new("--stack") { HelpName = "FILE" };
    private readonly PlatformOptions platform = new();

    /// <summary>Adds the options to the command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="onStack">What is done to a running platform.</param>
    public void AddTo(Command command, string onStack)
    {
        stack.Description = onStack;
        stack.Validators.Add(PlatformOptions.MustExist);
        command.Add(list);
        command.Add(stack);
        platform.AddTo(command);
    }

    /// <summary>Lists them, where that is asked for.</summary>
    /// <returns>Whether it was.</returns>
    public bool IsListed(ParseResult parsed, CommandContext context)
    {
        if (!parsed.GetValue(list))
            return false;
        foreach (var (name, objectives) in known(GatesFile.Read(context.Root.Gates)))
            context.Progress.Console.Profile.Out.Writer.WriteLine($"{name}  {string.Join(' ', objectives)}");
        return true;
    }

    /// <summary>The gate of those that are named.</summary>
    /// <param name="parsed">What was asked for.</param>
    /// <param name="context">Where.</param>
    /// <param name="choose">The names, of those that there are.</param>
    /// <exception cref="UsageException">One is not known, or the stack may not be changed.</exception>
    public GateOptions Gate(ParseResult parsed, CommandContext context, Func<IReadOnlyCollection<string>, IEnumerable<string>> choose)
    {
        var gates = GatesFile.Read(context.Root.Gates);
        var scenarios = known(gates);
        List<string> wanted =
        [
            .. choose([.. scenarios.Keys]).Distinct(StringComparer.Ordinal).SelectMany(name => ObjectivesOf(scenarios, name)),
        ];
        if (parsed.GetValue(stack) is { } file && !StackFile.Read(file).Destructive)
            throw new UsageException(
                $"--stack {file}: the stack may not be changed (destructive: false), and {harm}. Start one with ./verify up --destructive, or leave --stack out."
            );
        context.MustRecord();
        var choice = platform.Of(parsed, context.Root, context.Root.Gates);
        return new GateOptions
        {
            Profile = gates.Profiles.Values.First(profile => wanted.All(profile.Requirements.ContainsKey)).Name,
            Only = wanted,
            Gates = context.Root.Gates,
            Sut = choice.Sut,
            Images = choice.Images,
            Broker = choice.Broker,
            Stack = parsed.GetValue(stack),
        };
    }

    /// <summary>Those that are named, or all where that is asked for.</summary>
    /// <param name="command">The command.</param>
    /// <param name="known">Those that there are.</param>
    /// <param name="named">Those that are named.</param>
    /// <param name="all">Whether all are asked for.</param>
    /// <exception cref="UsageException">Neither is said, or both.</exception>
    public static IEnumerable<string> NamedOrAll(
        string command,
        IReadOnlyCollection<string> known,
        IReadOnlyList<string> named,
        bool all
    ) =>
        all == named.Count > 0 ? throw new UsageException($"{command}: name one or more of {string.Join(", ", known)}, or --all.")
        : all ? known
        : named;

    private IReadOnlyList<string> ObjectivesOf(IReadOnlyDictionary<string, IReadOnlyList<string>> scenarios, string name) =>
        scenarios.TryGetValue(name, out var objectives)
            ? objectives
            : throw new UsageException(
                $"there is no {kind} {name}.{Suggestion.Question(name, scenarios.Keys)} There are {string.Join(", ", scenarios.Keys)}."
            );
}
