using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using Verification.Gate.Repeating;
using Verification.Gate.Runs;
using Verification.Gate.Stages;
using Verification.Objectives;
using Verification.Stack;
using Verification.Stack.Engine;
using Verification.Stack.Images;
using Verification.Stack.Sessions;
using Verification.Stack.Starting;

namespace Verification.Gate.Commands;

/// <summary><c>verify chaos</c>: gates for single scenarios of chaos, as often as is asked for, and their counts.</summary>
internal static class ChaosCommand
{
    /// <summary>The suite that has the scenarios.</summary>
    public const string Suite = "Chaos";

    /// <summary>The same as <c>gates.yaml</c> names it.</summary>
    private const string SuiteName = "chaos";

    /// <summary>The scenarios: what their objectives have before the dot.</summary>
    public static readonly string[] Scenarios =
    [
        "broker-black-hole",
        "broker-freeze",
        "broker-kill",
        "broker-reset",
        "broker-stop",
        "mysql-latency",
        "power-loss",
        "promotion",
        "redis-freeze",
        "redis-kill",
        "redis-latency",
        "redis-partition",
        "replica-stop",
        "rolling-stop",
        "service-kill",
    ];

    public static Command Make(Invoker invoke)
    {
        var names = new Argument<string[]>("SCENARIO") { Description = "Scenarios to try", Arity = ArgumentArity.ZeroOrMore };
        var all = new Option<bool>("--all") { Description = "All scenarios" };
        var repeat = new Option<int?>("--repeat")
        {
            Description = "How often each is tried. Default: once, or with --until-fail until one fails",
            HelpName = "N",
        };
        repeat.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && (!int.TryParse(token.Value, CultureInfo.InvariantCulture, out var times) || times < 1))
                result.AddError($"--repeat {token.Value}: expected a number of at least 1.");
        });
        var seed = new Option<int?>("--seed") { Description = "Tries in the same order again", HelpName = "S" };
        var untilFail = new Option<bool>("--until-fail") { Description = "End with the first that fails" };
        var resume = new Option<bool>("--resume")
        {
            Description = "Count the tries whose result is in runs/chaos.jsonl for the same content, and make only what is missing",
        };
        var scenarios = new NamedScenarios("scenario", "a scenario breaks it", Known);
        var command = new Command(
            "chaos",
            """
            Break a platform of its own in the ways production breaks, and count what held. That goes scenario by scenario, each as often as is asked for.

            Exit code 0: each passed as often as was asked for. 1: one failed. 3: one decided nothing.

            Examples:
              ./verify chaos --list
              ./verify chaos broker-kill promotion
              ./verify chaos --all --repeat 10 --resume
              ./verify chaos redis-kill --until-fail --seed 7
            """
        )
        {
            names,
            all,
            repeat,
            seed,
            untilFail,
            resume,
        };
        scenarios.AddTo(command, "Break a running platform that may be broken, described by this stack.json");
        command.SetAction(
            (parsed, _) =>
                invoke(async context =>
                {
                    if (scenarios.IsListed(parsed, context))
                        return ExitCodes.Pass;
                    var options = new RepeatOptions(
                        parsed.GetValue(repeat) ?? (parsed.GetValue(untilFail) ? null : 1),
                        parsed.GetValue(untilFail),
                        parsed.GetValue(resume),
                        parsed.GetValue(seed) ?? RandomNumberGenerator.GetInt32(1_000_000)
                    );
                    if (options is { Resume: true, Times: null })
                        throw new UsageException(
                            "chaos --resume --until-fail: nothing says how many tries are wanted, of which some are at hand. Add --repeat N, or leave --resume out."
                        );
                    var gates = GatesFile.Read(context.Root.Gates);
                    var known = Known(gates);
                    var gate = scenarios.Gate(
                        parsed,
                        context,
                        scenario => NamedScenarios.NamedOrAll("chaos", scenario, parsed.GetValue(names) ?? [], parsed.GetValue(all))
                    ) with
                    {
                        // One profile for all of them, whichever are named: tries of a scenario are counted together.
                        Profile = gates
                            .Profiles.Values.First(profile => known.Values.SelectMany(each => each).All(profile.Requirements.ContainsKey))
                            .Name,
                    };
                    var broker = await BrokerAsync(gate, context).ConfigureAwait(false);
                    return await new ScenarioRepeats(
                        context.Root.Runs,
                        context.Progress,
                        context.Time,
                        new GateRun(context.Root, context.Progress, context.Time).JudgeAsync
                    )
                        .RunAsync(Repeated(context.Root, gates, gate, broker, known), options, context.Interruption)
                        .ConfigureAwait(false);
                })
        );
        return command;
    }

    /// <summary>The objectives of each scenario, by its name.</summary>
    internal static IReadOnlyDictionary<string, IReadOnlyList<string>> Known(Gates gates) =>
        Scenarios.ToDictionary(
            scenario => scenario,
            IReadOnlyList<string> (scenario) =>
                [.. gates.Objectives.Keys.Where(id => id.StartsWith($"{scenario}.", StringComparison.Ordinal))],
            StringComparer.Ordinal
        );

    /// <summary>How the profile runs a scenario on a kind of broker: by the entry that is there for this kind, or for any, and is asked
    /// for the scenario, else by that of the suite itself.</summary>
    /// <param name="profile">The profile.</param>
    /// <param name="objectives">Those of the scenario.</param>
    /// <param name="broker">The kind of broker.</param>
    /// <exception cref="UsageException">It does not run the suite.</exception>
    internal static ProfileSuite EntryOf(Profile profile, IReadOnlyList<string> objectives, BrokerKind broker) =>
        profile.Suites.FirstOrDefault(entry =>
            entry.IsBeside
            && entry.Suite == SuiteName
            && (BrokersOfSuite.KindOf(entry.Brokers) ?? broker) == broker
            && objectives.All(entry.IsAskedFor)
        )
        ?? profile.EntryOf(SuiteName)
        ?? throw new UsageException($"the profile {profile.Name} does not run the suite {SuiteName}, which has the scenarios.");

    /// <summary>The scenarios that are asked for, each where it is to be tried: what is of one topology is read once.</summary>
    private static Dictionary<string, RepeatedScenario> Repeated(
        ProjectRoot root,
        Gates gates,
        GateOptions gate,
        BrokerKind broker,
        IReadOnlyDictionary<string, IReadOnlyList<string>> known
    )
    {
        var places = new Dictionary<string, RepeatedPlace>(StringComparer.Ordinal);
        return known
            .Where(scenario => scenario.Value.All(gate.Only.Contains))
            .ToDictionary(scenario => scenario.Key, scenario => Of(scenario.Value), StringComparer.Ordinal);

        RepeatedScenario Of(IReadOnlyList<string> objectives)
        {
            var entry = EntryOf(gates.Profiles[gate.Profile], objectives, broker);
            var topology = gate.Stack is { } stack ? StackFile.Read(stack).Topology : entry.Topology;
            if (!places.TryGetValue(topology, out var place))
                places[topology] = place = new RepeatedPlace(
                    StackStarter.NameOf(broker),
                    topology,
                    new ScenarioContent(root, Suite, topology, gates, gate)
                );
            return new RepeatedScenario(
                gate with
                {
                    Only = objectives,
                    Suite = entry.Name,
                    Broker = gate.Stack is null ? broker : gate.Broker,
                },
                place
            );
        }
    }

    /// <summary>The kind of broker of every try: that of the stack, or the one that was named, or the default of this machine.</summary>
    private static async Task<BrokerKind> BrokerAsync(GateOptions gate, CommandContext context)
    {
        if (gate.Stack is { } stack)
            return StackFile.Read(stack).Broker;
        if (gate.Broker is { } named)
            return named;
        using var engine = await DockerEngine.ConnectAsync(context.Ended).ConfigureAwait(false);
        return await BrokerChoice
            .DefaultAsync(new ImageStore(engine, context.Root), new Progress<ImageProgress>(), context.Progress.Say, context.Ended)
            .ConfigureAwait(false);
    }
}
