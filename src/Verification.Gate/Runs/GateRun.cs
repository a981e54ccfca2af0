using Verification.Gate.Commands;
using Verification.Gate.Interruptions;
using Verification.Gate.Platform;
using Verification.Gate.Progress;
using Verification.Gate.Reporting;
using Verification.Gate.Suites;
using Verification.Objectives;
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
    /// <summary>Prepares the machine and runs the gate.</summary>
    /// <returns>Exit code.</returns>
    /// <exception cref="UsageException">The profile or an objective is not known.</exception>
    /// <exception cref="EngineMissingException">No engine answers.</exception>
    public async Task<int> RunAsync(GateOptions options, Interruption interruption)
    {
        var gates = GatesFile.Read(options.Gates);
        var profile = ProfileOf(gates, options);
        _ = ObjectivesOf(profile, options);
        await HaveImagesAsync(profile, options, interruption.Token).ConfigureAwait(false);
        using var measuring = await PrepareAsync(interruption.Token).ConfigureAwait(false);
        var verdict = await DecideAsync(options, interruption).ConfigureAwait(false);
        return interruption.ExitCode ?? ExitCodes.Of(verdict.Verdict);
    }

    /// <summary>Sweeps what dead runs have left, and waits until nobody else measures.</summary>
    /// <returns>The lock of whoever measures.</returns>
    public async Task<HeldFile> PrepareAsync(CancellationToken cancellationToken)
    {
        using var engine = await DockerEngine.ConnectAsync(cancellationToken).ConfigureAwait(false);
        foreach (var swept in await new Sweeper(engine, progress.Doubt).SweepDeadRunsAsync(cancellationToken).ConfigureAwait(false))
            progress.Say($"swept what the dead run {swept} had left");
        return await MachineLock.TakeAsync(() => progress.Doubt("another run measures on this machine: waiting for it"), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Having images measures nothing: nobody is waited for, and what can't be had is told at once.</summary>
    private async Task HaveImagesAsync(Profile profile, GateOptions options, CancellationToken cancellationToken)
    {
        using var engine = await DockerEngine.ConnectAsync(cancellationToken).ConfigureAwait(false);
        await DockerPlatform.PreparePreviousAsync(root, options.Previous, progress, cancellationToken).ConfigureAwait(false);
        await PlatformsAsync(profile, options, engine, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Runs the suites of a profile and judges what they have recorded.</summary>
    public async Task<ReleaseVerdict> DecideAsync(GateOptions options, Interruption interruption)
    {
        var gates = GatesFile.Read(options.Gates);
        var profile = ProfileOf(gates, options);
        var objectives = ObjectivesOf(profile, options);
        var sut = SutFile.Read(options.Sut, gates);
        using var engine = await DockerEngine.ConnectAsync(interruption.Token).ConfigureAwait(false);
        // First what costs least: a previous release that can't be had is told at once.
        var previous = Recorded(await DockerPlatform.PreparePreviousAsync(root, options.Previous, progress, interruption.Token).ConfigureAwait(false));
        var platforms = await PlatformsAsync(profile, options, engine, interruption.Token).ConfigureAwait(false);
        await PruneAsync(gates, engine, interruption.Token).ConfigureAwait(false);

        var run = Run.Start(root);
        try
        {
            var record = await BeginAsync(run, options, engine, platforms, previous, gates, sut).ConfigureAwait(false);
            progress.Say($"run {run.Id}, profile {profile.Name}, {objectives.Count} objectives{(options.Mutant is null ? string.Empty : $", mutant {options.Mutant.Name}")}");
            record = await RunSuitesAsync(run, record, profile, objectives, platforms, options, interruption).ConfigureAwait(false);
            record = WithCapabilities(run, record, options) with { EndedAt = time.GetUtcNow() };
            RunDocuments.Write(run.Folder, record);
            // The logs of the containers are saved when they are removed, and the report shows them.
            await new Sweeper(engine).EndRunAsync(run.Folder, CancellationToken.None).ConfigureAwait(false);
            var verdict = Judge(run.Folder, record, gates, options.Output);
            await PruneAsync(gates, engine, CancellationToken.None).ConfigureAwait(false);
            return verdict;
        }
        finally
        {
            await run.DisposeAsync().ConfigureAwait(false);
        }
    }

    private static IReadOnlyList<ComponentRecord> Recorded(IEnumerable<ComponentImage> images) =>
        [.. images.Select(image => image.ToRecord())];

    /// <summary>The platforms that the suites run on, one after the other: one for each kind of broker that the profile asks for.</summary>
    private async Task<IReadOnlyList<BrokerPlatform>> PlatformsAsync(Profile profile, GateOptions options, DockerEngine engine, CancellationToken cancellationToken)
    {
        if (options.Stack is { } stack)
        {
            var attached = StackFile.Read(stack);
            return [new BrokerPlatform(attached.Broker, attached.Components)];
        }

        var choice = new PlatformChoice(ProjectOf(options), options.Sut, options.Broker ?? (profile.Brokers == ProfileBrokers.Artemis ? BrokerKind.Artemis : null), options.Images);
        var first = await DockerPlatform.PrepareAsync(choice, progress, cancellationToken).ConfigureAwait(false);
        var platforms = new List<BrokerPlatform> { new(first.Broker, Recorded(first.Images.Values)) };
        // A broker's image that was named is of one kind only.
        if (profile.Brokers == ProfileBrokers.Every && options.Broker is null && !options.Images.ContainsKey(ImageOverrides.Broker))
        {
            foreach (var other in Enum.GetValues<BrokerKind>().Where(kind => kind != first.Broker))
            {
                if (await new ImageStore(engine, choice.Root).CanHaveAsync(StackStarter.NameOf(other), new Progress<ImageProgress>(), cancellationToken).ConfigureAwait(false))
                    platforms.Add(new BrokerPlatform(other, Recorded((await DockerPlatform.PrepareAsync(choice with { Broker = other }, progress, cancellationToken).ConfigureAwait(false)).Images.Values)));
            }
        }

        return platforms;
    }

    /// <summary>Keeps the stored runs within their size. The lock of this run is held: it stays.</summary>
    private async Task PruneAsync(Gates gates, DockerEngine engine, CancellationToken cancellationToken)
    {
        if (gates.KeptRunsBytes is not { } limit)
            return;
        var kept = await new Sweeper(engine).KeptAsync(cancellationToken).ConfigureAwait(false);
        RunRetention.Prune(root.Runs, limit, [.. kept.Select(folder => folder.Path)], progress);
    }

    private static RunRecord WithCapabilities(Run run, RunRecord record, GateOptions options)
    {
        var file = options.Stack ?? run.Folder.Stack;
        IReadOnlyList<string> own = options.Previous.Count > 0 ? [PreviousRelease.Capability] : [];
        try
        {
            return record with { Capabilities = File.Exists(file) ? [.. StackFile.Read(file).Capabilities, .. own] : own };
        }
        catch (DocumentException e)
        {
            // What was measured is judged all the same, and can't pass.
            return record with { Interrupted = record.Interrupted ?? $"the description of the stack cannot be read: {e.Message}" };
        }
    }

    private ProjectRoot ProjectOf(GateOptions options) => options.Mutant is null ? root : new ProjectRoot(options.Mutant.Project);

    private static Profile ProfileOf(Gates gates, GateOptions options) => gates.Profiles.TryGetValue(options.Profile, out var profile)
        ? profile
        : throw new UsageException($"--profile {options.Profile}: {options.Gates} has no such profile; it has {string.Join(", ", gates.Profiles.Keys)}.{Suggestion.Question(options.Profile, gates.Profiles.Keys)}");

    private static IReadOnlyList<string> ObjectivesOf(Profile profile, GateOptions options)
    {
        foreach (var objective in options.Only)
        {
            if (!profile.Requirements.ContainsKey(objective))
                throw new UsageException($"--only {objective}: the profile {profile.Name} has no such objective.{Suggestion.Question(objective, profile.Requirements.Keys)} It has {string.Join(", ", profile.Requirements.Keys)}.");
        }

        return options.Only.Count > 0 ? options.Only : [.. profile.Requirements.Keys];
    }

    private async Task<RunRecord> BeginAsync(Run run, GateOptions options, DockerEngine engine, IReadOnlyList<BrokerPlatform> platforms, IReadOnlyList<ComponentRecord> previous, Gates gates, SystemUnderTest sut)
    {
        var record = new RunRecord
        {
            Id = run.Id,
            Profile = options.Profile,
            Environment = options.Environment,
            Broker = string.Join(" and ", platforms.Select(platform => StackStarter.NameOf(platform.Broker))),
            Command = options.CommandLine(root.Path),
            StartedAt = time.GetUtcNow(),
            EndedAt = null,
            Only = options.Only,
            Capabilities = [],
            Components = [.. platforms.SelectMany(platform => platform.Components).DistinctBy(component => component.Role)],
            Suites = [],
            Tests = [],
            Commit = await Checkout.CommitAsync(root.Path, CancellationToken.None).ConfigureAwait(false),
            ConfigSha256 = ConfigDigest.Of(ProjectOf(options).Config),
            GatesSha256 = gates.Sha256,
            Machine = MachineFacts.Of(engine.Endpoint),
            Interrupted = null,
            PromisedExtras = sut.Extras,
            Mutant = options.Mutant?.Name,
            Previous = previous,
        };
        RunDocuments.Write(run.Folder, record);
        return record;
    }

    private async Task<RunRecord> RunSuitesAsync(Run run, RunRecord record, Profile profile, IReadOnlyList<string> objectives, IReadOnlyList<BrokerPlatform> platforms, GateOptions options, Interruption interruption)
    {
        using var limit = new CancellationTokenSource(options.Limit ?? profile.TimeLimit, time);
        var runner = new SuiteRunner(progress, time);
        foreach (var (broker, (suite, share)) in platforms.SelectMany(platform => profile.Budgets.Select(each => (platform.Broker, each))))
        {
            var budget = options.Limit ?? share;
            if (interruption.Signal is not null || limit.IsCancellationRequested)
            {
                record = record with { Suites = [.. record.Suites, new SuiteRecord(suite, null, 0, interruption.Signal is null ? SuiteRunner.OutOfTime : "interrupted")] };
                continue;
            }

            if (SuiteExecutables.Find(root.Path, suite) is not { } executable)
            {
                progress.Doubt($"suite {suite} is not built");
                record = record with { Suites = [.. record.Suites, new SuiteRecord(suite, null, 0, $"no executable in tests/*/bin: build the solution, or take {suite} out of the profile's budgets")] };
                continue;
            }

            progress.Say($"suite {suite} on {StackStarter.NameOf(broker)}, budget {Figures.Duration(budget)}");
            var plan = new SuitePlan(suite, executable, TraitFilter.Options(objectives), budget, EnvironmentOf(run, options, broker), run.Folder.Tests);
            SuiteOutcome outcome;
            try
            {
                outcome = await runner.RunAsync(plan, process => RunProcesses.Note(run.Folder, process), interruption, limit.Token).ConfigureAwait(false);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // A fault of ours decides nothing, and hides nothing that was measured before it.
                outcome = new SuiteOutcome(new SuiteRecord(suite, null, 0, $"the gate could not run it ({e.GetType().Name}): {e.Message}"), []);
            }

            if (outcome.Record.Reason is { } reason)
                progress.Doubt($"suite {suite}: {reason}");
            foreach (var error in outcome.Record.Errors ?? [])
                progress.Bad($"outside any test: {error.Split('\n')[0]}");
            record = record with { Suites = [.. record.Suites, outcome.Record], Tests = [.. record.Tests, .. outcome.Tests] };
            RunDocuments.Write(run.Folder, record);
        }

        return record with
        {
            Interrupted = interruption.Signal ?? (limit.IsCancellationRequested ? SuiteRunner.OutOfTime : record.Suites.FirstOrDefault(suite => suite.Reason is not null) is { } broken ? $"suite {broken.Name}: {broken.Reason}" : null),
        };
    }

    private Dictionary<string, string> EnvironmentOf(Run run, GateOptions options, BrokerKind broker)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [Run.Variable] = run.Folder.Path,
            [ProjectRoot.Variable] = ProjectOf(options).Path,
            ["VERIFY_CONFIG"] = root.Config,
            ["VERIFY_GATES"] = Path.GetFullPath(options.Gates),
            ["VERIFY_SUT"] = Path.GetFullPath(options.Sut),
            ["VERIFY_PROFILE"] = options.Profile,
            ["VERIFY_BROKER"] = StackStarter.NameOf(broker),
        };
        if (options.Images.Count > 0)
            environment["VERIFY_IMAGES"] = string.Join(',', options.Images.Select(pair => $"{pair.Key}={pair.Value}"));
        if (options.Previous.Count > 0)
            environment["VERIFY_PREVIOUS"] = string.Join(',', options.Previous.Select(pair => $"{pair.Key}={pair.Value}"));
        if (options.Stack is not null)
            environment["VERIFY_STACK"] = Path.GetFullPath(options.Stack);
        if (options.Keep)
            environment["VERIFY_KEEP"] = "1";
        return environment;
    }

    private ReleaseVerdict Judge(RunFolder folder, RunRecord record, Gates gates, OutputFolder? copyTo)
    {
        var verdict = ReleaseJudge.Judge(gates, record, new EvidenceLog(folder.Evidence).Read(), time.GetUtcNow());
        var stored = new StoredRun(folder, record, verdict, HistoryLog.Stream(folder.History));
        Reports.Publish(stored, copyTo, progress);
        return verdict;
    }

    /// <summary>A platform that the suites run on.</summary>
    private sealed record BrokerPlatform(BrokerKind Broker, IReadOnlyList<ComponentRecord> Components);
}
