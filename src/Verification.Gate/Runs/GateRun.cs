using Verification.Gate.Interruptions;
using Verification.Gate.Commands;
using Verification.Gate.Judging;
using Verification.Gate.Platform;
using Verification.Gate.Progress;
using Verification.Gate.Reporting;
using Verification.Gate.Suites;
using Verification.Objectives;
using Verification.Stack;
using Verification.Stack.Engine;
using Verification.Stack.Leftovers;
using Verification.Stack.Runs;

namespace Verification.Gate.Runs;

/// <summary>One gate from beginning to end: prepares the machine, runs the suites, judges what they recorded, reports.</summary>
internal sealed class GateRun(GateParts parts, ProjectRoot root, ProgressLines progress)
{
    private readonly TimeProvider time = parts.Time;

    /// <summary>Runs the gate.</summary>
    /// <returns>Exit code.</returns>
    /// <exception cref="UsageException">The profile or an objective is not known.</exception>
    /// <exception cref="EngineMissingException">No engine answers.</exception>
    public async Task<int> RunAsync(GateOptions options, Interruption interruption)
    {
        var court = parts.NeedCourt();
        var gates = court.ReadGates(options.Gates);
        var profile = ProfileOf(gates, options);
        var objectives = ObjectivesOf(profile, options);
        var platform = parts.NeedPlatform();

        using var engine = await DockerEngine.ConnectAsync(interruption.Token).ConfigureAwait(false);
        foreach (var swept in await new Sweeper(engine).SweepDeadRunsAsync(interruption.Token).ConfigureAwait(false))
            progress.Say($"swept what the dead run {swept} had left");
        using var measuring = await MachineLock.TakeAsync(() => progress.Doubt("another gate measures on this machine: waiting for it"), interruption.Token).ConfigureAwait(false);

        var choice = new PlatformChoice(root, options.Sut, options.Broker, options.Images);
        var components = await platform.PrepareImagesAsync(choice, progress, interruption.Token).ConfigureAwait(false);

        var run = Run.Start(root);
        ReleaseVerdict verdict;
        try
        {
            var record = await BeginAsync(run, options, engine, components, gates).ConfigureAwait(false);
            progress.Say($"run {run.Id}, profile {profile.Name}, {objectives.Count} objectives");
            record = await RunSuitesAsync(run, record, profile, objectives, options, interruption).ConfigureAwait(false);
            if (!options.Keep)
                await new Sweeper(engine).EndRunAsync(run.Folder, CancellationToken.None).ConfigureAwait(false);
            record = record with { EndedAt = time.GetUtcNow() };
            RunJson.Write(run.Folder.Record, record);
            verdict = Judge(court, run.Folder, record, gates, options.Output);
        }
        finally
        {
            await run.DisposeAsync().ConfigureAwait(false);
        }

        return interruption.ExitCode ?? ExitCode.Of(verdict.Verdict);
    }

    private static Profile ProfileOf(Gates gates, GateOptions options) => gates.Profiles.TryGetValue(options.Profile, out var profile)
        ? profile
        : throw new UsageException($"--profile {options.Profile}: {options.Gates} has no such profile; it has {string.Join(", ", gates.Profiles.Keys)}.{Closest.Hint(options.Profile, gates.Profiles.Keys)}");

    private static IReadOnlyList<string> ObjectivesOf(Profile profile, GateOptions options)
    {
        foreach (var objective in options.Only)
        {
            if (!profile.Requirements.ContainsKey(objective))
                throw new UsageException($"--only {objective}: the profile {profile.Name} has no such objective.{Closest.Hint(objective, profile.Requirements.Keys)} It has {string.Join(", ", profile.Requirements.Keys)}.");
        }

        return options.Only.Count > 0 ? options.Only : [.. profile.Requirements.Keys];
    }

    private async Task<RunRecord> BeginAsync(Run run, GateOptions options, DockerEngine engine, IReadOnlyList<ComponentRecord> components, Gates gates)
    {
        var record = new RunRecord(
            run.Id,
            options.Profile,
            options.Environment,
            options.Broker ?? "classic",
            options.CommandLine(root.Path),
            time.GetUtcNow(),
            null,
            options.Only,
            [],
            components,
            [],
            [],
            await Checkout.CommitAsync(root.Path, CancellationToken.None).ConfigureAwait(false),
            ConfigDigest.Of(root.Config),
            gates.Sha256,
            MachineFacts.Of(engine.Endpoint),
            null);
        RunJson.Write(run.Folder.Record, record);
        return record;
    }

    private async Task<RunRecord> RunSuitesAsync(Run run, RunRecord record, Profile profile, IReadOnlyList<string> objectives, GateOptions options, Interruption interruption)
    {
        using var limit = new CancellationTokenSource(profile.TimeLimit, time);
        var runner = new SuiteRunner(progress, time);
        var errors = new List<string>();
        foreach (var (suite, budget) in profile.Budgets)
        {
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

            progress.Say($"suite {suite}, budget {Figures.Duration(budget)}");
            var plan = new SuitePlan(suite, executable, TraitFilter.Options(objectives), budget, EnvironmentOf(run, options), run.Folder.Tests);
            var outcome = await runner.RunAsync(plan, process => RunProcesses.Note(run.Folder, process), interruption, limit.Token).ConfigureAwait(false);
            errors.AddRange(outcome.Errors);
            record = record with { Suites = [.. record.Suites, outcome.Record], Tests = [.. record.Tests, .. outcome.Tests] };
            RunJson.Write(run.Folder.Record, record);
        }

        foreach (var error in errors)
            progress.Bad($"outside any test: {error.Split('\n')[0]}");
        return record with
        {
            Interrupted = interruption.Signal ?? (limit.IsCancellationRequested ? SuiteRunner.OutOfTime : null),
        };
    }

    private Dictionary<string, string> EnvironmentOf(Run run, GateOptions options)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [Run.Variable] = run.Folder.Path,
            [ProjectRoot.Variable] = root.Path,
            ["VERIFY_GATES"] = Path.GetFullPath(options.Gates),
            ["VERIFY_SUT"] = Path.GetFullPath(options.Sut),
            ["VERIFY_PROFILE"] = options.Profile,
        };
        if (options.Broker is not null)
            environment["VERIFY_BROKER"] = options.Broker;
        if (options.Images.Count > 0)
            environment["VERIFY_IMAGES"] = string.Join(',', options.Images.Select(pair => $"{pair.Key}={pair.Value}"));
        if (options.Stack is not null)
            environment["VERIFY_STACK"] = Path.GetFullPath(options.Stack);
        if (options.Keep)
            environment["VERIFY_KEEP"] = "1";
        return environment;
    }

    private ReleaseVerdict Judge(ICourt court, RunFolder folder, RunRecord record, Gates gates, string? copyTo)
    {
        var verdict = court.Judge(record, gates, court.ReadEvidence(folder), time.GetUtcNow());
        var stored = new StoredRun(folder, record, verdict, court.ReadHistory(folder));
        Reports.Write(stored, copyTo);
        VerdictTable.Print(progress.Console, stored);
        return verdict;
    }
}
