using Verification.Cluster.Control;
using Verification.Gate.Commands;
using Verification.Gate.Interruptions;
using Verification.Gate.Platform;
using Verification.Gate.Progress;
using Verification.Gate.Reporting;
using Verification.Gate.Stages;
using Verification.Gate.Suites;
using Verification.Objectives;
using Verification.Platform;
using Verification.Stack;
using Verification.Stack.Engine;
using Verification.Stack.Images;
using Verification.Stack.Leftovers;
using Verification.Stack.Runs;
using Verification.Stack.Sessions;
using Verification.Stack.Starting;

namespace Verification.Gate.Runs;

/// <summary>One gate from beginning to end: prepares the machine, runs the suites, judges what they recorded, reports.</summary>
internal sealed class GateRun(ProjectRoot root, ProgressLines progress, TimeProvider time)
{
    private readonly Tidying tidying = new(progress);

    /// <summary>Prepares the machine and runs the gate.</summary>
    /// <returns>Exit code.</returns>
    /// <exception cref="UsageException">The profile or an objective is not known.</exception>
    /// <exception cref="EngineMissingException">No engine answers.</exception>
    public async Task<int> RunAsync(GateOptions options, Interruption interruption) =>
        ExitCodeOf(await JudgeAsync(options, interruption).ConfigureAwait(false), interruption);

    /// <summary>What a gate that has come to a verdict ends with.</summary>
    public static int ExitCodeOf(ReleaseVerdict verdict, Interruption interruption) =>
        interruption.ExitCode ?? ExitCodes.Of(verdict.Verdict);

    /// <summary>Prepares the machine and runs the gate.</summary>
    /// <returns>The verdict; it names the run.</returns>
    /// <inheritdoc cref="RunAsync" path="/exception"/>
    public async Task<ReleaseVerdict> JudgeAsync(GateOptions options, Interruption interruption)
    {
        Refuse(options);
        Foresee(options);
        if (DeployedOf(options) is { } deployed && !options.ReadOnly && !options.Agreed)
            Consent.Require(deployed.Run, PostBudget.Most, Console.Error, Console.IsInputRedirected ? null : Console.In);
        OutsideVariables.Tell(progress, VerifyVariables.OfThisProcess());
        if (options.Key is { } key)
            progress.Say($"a release verdict is signed by the key {key.Public.Fingerprint} ({VerifyVariables.SigningKey})");
        // Having images measures nothing: nobody is waited for, and what can't be had is told at once.
        var plan = await PlanAsync(options, interruption.Token).ConfigureAwait(false);
        // What runs in a cluster is not disturbed by what else is done here.
        using var measuring = DeployedOf(options) is null ? await PrepareAsync(interruption.Token).ConfigureAwait(false) : null;
        return await DecideAsync(options, plan, interruption).ConfigureAwait(false);
    }

    /// <summary>A running stack is what it is.</summary>
    private static void Refuse(GateOptions options)
    {
        if (options.Stack is not { } stack)
        {
            if (options.ReadOnly)
                throw new UsageException(
                    "--read-only without --stack: what is started for the gate is there to be posted to. Name a running platform with --stack, or leave --read-only out."
                );
            return;
        }

        if (options.Images.Count > 0)
            throw new UsageException(
                $"--image together with --stack: what runs there is what {stack} says. Leave --image out, or --stack, and a stack is started from it."
            );
        if (options.Broker is { } broker)
            throw new UsageException(
                $"--broker {StackStarter.NameOf(broker)} together with --stack: what runs there is what {stack} says. Leave one of them out."
            );
    }

    /// <summary>Says what can't be decided before anything is made for it.</summary>
    /// <exception cref="UsageException">It is all that was asked for.</exception>
    private void Foresee(GateOptions options)
    {
        var gates = GatesFile.Read(options.Gates);
        var lacks = ForeseenLacks.Of(gates, ProfileOf(gates, options), options).GroupBy(lack => lack.Why, lack => lack.Objective);
        var told = lacks.Select(lack => $"{string.Join(", ", lack)}: {lack.Key}").ToList();
        if (told.Count > 0 && lacks.Sum(lack => lack.Count()) == options.Only.Count)
            throw new UsageException($"nothing that was asked for can be decided. {string.Join(". ", told)}.");
        foreach (var each in told)
            progress.Doubt($"stays UNKNOWN: {each}");
    }

    /// <summary>The platform of a cluster that is to be looked at; null for a stack of containers.</summary>
    private static StackDescription? DeployedOf(GateOptions options) =>
        options.Stack is { } file && StackFile.Read(file) is { RunsHere: false } stack ? stack : null;

    /// <summary>Sweeps what dead runs have left, and waits until nobody else measures.</summary>
    /// <returns>The lock of whoever measures.</returns>
    public async Task<HeldFile> PrepareAsync(CancellationToken cancellationToken)
    {
        using var engine = await DockerEngine.ConnectAsync(cancellationToken).ConfigureAwait(false);
        foreach (var swept in await new Sweeper(engine, progress.Doubt).SweepDeadRunsAsync(cancellationToken).ConfigureAwait(false))
            progress.Say($"swept what the dead run {swept} had left");
        return await MachineLock
            .TakeAsync(holder => progress.Doubt($"{holder} measures on this machine: waiting for it"), cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>What a gate is to run. First what costs least: a file that cannot be used is told at once, and so is a previous release
    /// that can't be had.</summary>
    /// <exception cref="UsageException">The profile or an objective is not known.</exception>
    private async Task<GatePlan> PlanAsync(GateOptions options, CancellationToken cancellationToken)
    {
        var inputs = new RunInputs(ProjectOf(options).Config, options.Gates, options.Sut, root.SafeSettings);
        var gates = GatesFile.Read(options.Gates, SuiteExecutables.All(root.Path));
        var profile = ProfileOf(gates, options);
        var objectives = ObjectivesOf(profile, gates, options);
        var sut = SutFile.Read(options.Sut, gates);
        FilesOfSuites.MustBeUsable(root, ProjectOf(options).Config);
        var suites = profile
            .Suites.Where(suite => options.Suite is not { } one || suite.Name == one)
            .Select(suite => suite.Within(objectives))
            // What is asked for nothing is not run: without a filter all of it would be.
            .Where(suite =>
                objectives.Where(suite.IsAskedFor).ToList() is [_, ..] asked && SuiteObjectives.MayDecide(root.Path, suite.Suite, asked)
            )
            .ToList();
        var previous = await DockerPlatform.PreparePreviousAsync(root, options.Previous, progress, cancellationToken).ConfigureAwait(false);
        var stages = options.Stack is { } stack
            ? StagePlanner.Attached(suites, StackFile.Read(stack))
            : await new StagePlanner(progress)
                .PlanAsync(suites, new PlatformChoice(ProjectOf(options), options.Sut, options.Broker, options.Images), cancellationToken)
                .ConfigureAwait(false);
        return new GatePlan(gates, profile, objectives, sut, stages, previous, inputs);
    }

    /// <summary>Has the images, runs the stages of a profile and judges what they have recorded.</summary>
    public async Task<ReleaseVerdict> DecideAsync(GateOptions options, Interruption interruption) =>
        await DecideAsync(options, await PlanAsync(options, interruption.Token).ConfigureAwait(false), interruption).ConfigureAwait(false);

    private async Task<ReleaseVerdict> DecideAsync(GateOptions options, GatePlan plan, Interruption interruption)
    {
        var gates = plan.Gates;
        using var engine = await DockerEngine.ConnectAsync(interruption.Token).ConfigureAwait(false);
        await PruneAsync(gates, engine, interruption.Token).ConfigureAwait(false);

        var run = Run.Start(root);
        try
        {
            var record = await BeginAsync(run, options, engine, plan).ConfigureAwait(false);
            RunDocuments.Write(run.Folder, record);
            File.Copy(options.Gates, run.Folder.Gates);
            ConfigChanges.Keep(run.Folder, ProjectOf(options).Config, root.Runs);
            Announce(options, plan);
            progress.Say(
                $"run {run.Id}, profile {plan.Profile.Name}, {plan.Objectives.Count} objectives{(options.Mutant is null ? string.Empty : $", mutant {options.Mutant.Name}")}"
            );
            record = await RunStagesAsync(run, record, plan, options, interruption).ConfigureAwait(false) with
            {
                EndedAt = time.GetUtcNow(),
            };
            await TakeOutAsync(options, run.Id).ConfigureAwait(false);
            RunDocuments.Write(run.Folder, record);
            // The logs of the containers are saved when they are removed, and the report shows them.
            await tidying
                .TryAsync(() => new Sweeper(engine).EndRunAsync(run.Folder, CancellationToken.None), $"remove what run {run.Id} has left")
                .ConfigureAwait(false);
            var verdict = Judge(run.Folder, record, gates, options);
            await tidying
                .TryAsync(() => PruneAsync(gates, engine, CancellationToken.None), "keep the stored runs within their size")
                .ConfigureAwait(false);
            return verdict;
        }
        finally
        {
            await tidying.TryAsync(() => run.DisposeAsync().AsTask(), $"end run {run.Id}").ConfigureAwait(false);
        }
    }

    /// <summary>What a stack that may not be changed will see of this gate.</summary>
    private void Announce(GateOptions options, GatePlan plan)
    {
        if (options.Stack is not { } stack || StackFile.Read(stack).Destructive)
            return;
        var untold = plan.Objectives.Count(objective =>
            plan.Gates.Objectives[objective].Needs.Contains(StackDescription.DestructiveCapability)
        );
        progress.Doubt(
            $"the stack may not be changed (destructive: false): {untold} of {plan.Objectives.Count} objectives need that and stay UNKNOWN"
        );
        progress.Doubt(
            options.ReadOnly
                ? "nothing is posted: what needs a write stays UNKNOWN"
                : $"the others post at most {PostBudget.Most} buffs through its Dashboard, and these {(DeployedOf(options) is null ? "stay" : "are taken out of its listing afterwards")}; nothing else is written"
        );
    }

    /// <summary>What was posted to a deployed platform goes out of its listing.</summary>
    private async Task TakeOutAsync(GateOptions options, string run)
    {
        if (DeployedOf(options) is null || options.ReadOnly)
            return;
        await new PostedBuffs(progress, time)
            .TakeOutAsync(
                run,
                async (mark, cancellationToken) =>
                {
                    var stack = await AttachedStack
                        .AttachAsync(options.Stack!, [new KubernetesProvider()], cancellationToken)
                        .ConfigureAwait(false);
                    await using var disposal = stack.ConfigureAwait(false);
                    return await WrittenBuffs.TakeOutAsync(stack, mark, cancellationToken).ConfigureAwait(false);
                }
            )
            .ConfigureAwait(false);
    }

    /// <summary>Keeps the stored runs within their size. The lock of this run is held: it stays.</summary>
    private async Task PruneAsync(Gates gates, DockerEngine engine, CancellationToken cancellationToken)
    {
        if (gates.KeptRunsBytes is not { } limit)
            return;
        var kept = await new Sweeper(engine).KeptAsync(cancellationToken).ConfigureAwait(false);
        RunRetention.Prune(root.Runs, limit, [.. kept.Select(folder => folder.Path)], progress);
    }

    private ProjectRoot ProjectOf(GateOptions options) => options.Mutant is null ? root : new ProjectRoot(options.Mutant.Project);

    private static Profile ProfileOf(Gates gates, GateOptions options) =>
        gates.Profiles.TryGetValue(options.Profile, out var profile)
            ? profile
            : throw new UsageException(
                $"--profile {options.Profile}: {options.Gates} has no such profile; it has {string.Join(", ", gates.Profiles.Keys)}.{Suggestion.Question(options.Profile, gates.Profiles.Keys)}"
            );

    private static IReadOnlyList<string> ObjectivesOf(Profile profile, Gates gates, GateOptions options)
    {
        foreach (var objective in options.Only)
        {
            if (!profile.Requirements.ContainsKey(objective))
                throw new UsageException(
                    $"--only {objective}: the profile {profile.Name} has no such objective.{InsteadOf(objective, profile, gates)}"
                );
        }

        return options.Only.Count > 0 ? options.Only : [.. profile.Requirements.Keys];
    }

    /// <summary>Where else it is, what may have been meant, or else all that there are.</summary>
    private static string InsteadOf(string objective, Profile profile, Gates gates) =>
        gates.Profiles.Values.Where(other => other.Requirements.ContainsKey(objective)).Select(other => other.Name).ToList()
            is { Count: > 0 } others
            ? $" It is in {string.Join(" and ", others)}: --profile {others[0]}."
        : Suggestion.Question(objective, profile.Requirements.Keys) is { Length: > 0 } meant ? meant
        : $" It has {string.Join(", ", profile.Requirements.Keys)}.";

    private async Task<RunRecord> BeginAsync(Run run, GateOptions options, DockerEngine engine, GatePlan plan) =>
        new()
        {
            Id = run.Id,
            Profile = options.Profile,
            Environment = options.Environment,
            Command = options.CommandLine(root.Path),
            StartedAt = time.GetUtcNow(),
            EndedAt = null,
            Only = options.Only,
            Stages = [],
            Tests = [],
            Commit = await Checkout.CommitAsync(root.Path, CancellationToken.None).ConfigureAwait(false),
            ConfigSha256 = ConfigDigest.Of(ProjectOf(options).Config),
            GatesSha256 = plan.Gates.Sha256,
            SafeSettingsSha256 = ConfigDigest.OfFile(root.SafeSettings),
            Machine = MachineFacts.Of(engine.Endpoint),
            Variables = VerifyVariables.ObeyedOf(VerifyVariables.OfThisProcess()),
            Interrupted = null,
            PromisedExtras = plan.Sut.Extras,
            Mutant = options.Mutant?.Name,
            Deployed = DeployedOf(options)?.Run,
            ChartDifferences = plan.Stages.Any(stage => stage.Stage.Suite == Caveats.DeploymentSuite)
                ? [.. VersionList.In(ProjectOf(options).Config).ChartDifferences.Select(difference => $"{difference}")]
                : null,
            Previous = [.. plan.Previous.Select(image => image.ToRecord())],
        };

    private async Task<RunRecord> RunStagesAsync(Run run, RunRecord record, GatePlan plan, GateOptions options, Interruption interruption)
    {
        using var limit = new CancellationTokenSource(options.Limit ?? plan.Profile.TimeLimit, time);
        var runner = new StageRunner(root, run.Folder, plan.Profile, progress, time);
        var budgets = new StageBudgets(plan.Stages, plan.Profile.TimeLimit);
        var since = time.GetTimestamp();
        foreach (var (index, planned) in plan.Stages.Index())
        {
            var stage = planned with { Budget = options.Limit ?? budgets.Of(index, time.GetElapsedTime(since)) };
            var outcome = await runner
                .RunAsync(
                    stage,
                    [
                        .. TraitFilter.Options((planned.Objectives ?? plan.Objectives).Except(planned.Without)),
                        .. options.StopAtFirstFail ? [SuitePlan.StopOnFail] : Array.Empty<string>(),
                    ],
                    RequestOf(options),
                    plan.Previous,
                    interruption,
                    limit.Token
                )
                .ConfigureAwait(false);
            record = record with
            {
                Stages = [.. record.Stages, WithChanges(outcome.Record, plan.Inputs)],
                Tests = [.. record.Tests, .. outcome.Tests],
            };
            RunDocuments.Write(run.Folder, record);
            if (options.StopAtFirstFail && outcome.Tests.Any(test => test.Outcome == TestOutcome.Failed))
                break;
        }

        return record with
        {
            Interrupted = interruption.Signal ?? (limit.IsCancellationRequested ? SuiteRunner.OutOfTime : BrokenOf(record)),
        };
    }

    /// <summary>The record of a stage, which says so where it may have read something else than what the run began with.</summary>
    private StageRecord WithChanges(StageRecord stage, RunInputs inputs)
    {
        if (inputs.Change() is not { } change)
            return stage;
        progress.Bad($"stage {stage.Name}: {change}");
        return stage with { Errors = [.. stage.Errors ?? [], change] };
    }

    private static string? BrokenOf(RunRecord record) =>
        record.Stages.FirstOrDefault(stage => stage.Reason is not null) is { } broken ? $"stage {broken.Name}: {broken.Reason}" : null;

    private SessionRequest RequestOf(GateOptions options) =>
        new()
        {
            Root = ProjectOf(options).Path,
            Config = ProjectOf(options).Config,
            Gates = Path.GetFullPath(options.Gates),
            Sut = Path.GetFullPath(options.Sut),
            Profile = options.Profile,
            Images = new ImageOverrides(options.Images),
            Previous = new ImageOverrides(options.Previous),
            Stack = options.Stack is { } stack ? Path.GetFullPath(stack) : null,
            Keep = options.Keep,
            ReadOnly = options.ReadOnly,
            LoadDuration = options.LoadDuration,
            LoadRate = options.LoadRate,
            LoadAbortOnFail = options.LoadAbortOnFail,
        };

    private ReleaseVerdict Judge(RunFolder folder, RunRecord record, Gates gates, GateOptions options)
    {
        var verdict = ReleaseJudge.Judge(gates, record, new EvidenceLog(folder.Evidence).Read(), time.GetUtcNow());
        var stored = new StoredRun(folder, record, verdict, HistoryLog.Stream(folder.History));
        Reports.Publish(stored, options.Key, options.Output, progress);
        return verdict;
    }

    /// <summary>What a gate is to run.</summary>
    private sealed record GatePlan(
        Gates Gates,
        Profile Profile,
        IReadOnlyList<string> Objectives,
        SystemUnderTest Sut,
        IReadOnlyList<PlannedStage> Stages,
        IReadOnlyList<ComponentImage> Previous,
        RunInputs Inputs
    );
}
