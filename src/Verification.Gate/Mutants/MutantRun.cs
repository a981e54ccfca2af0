using Docker.DotNet.Models;
using Verification.Gate.Interruptions;
using Verification.Gate.Platform;
using Verification.Gate.Progress;
using Verification.Gate.Reporting;
using Verification.Gate.Runs;
using Verification.Objectives;
using Verification.Stack;
using Verification.Stack.Engine;
using Verification.Stack.Images;
using Verification.Stack.Sessions;
using Verification.Stack.Starting;

namespace Verification.Gate.Mutants;

/// <summary>Runs seeded defects: each must turn its objective from PASS to FAIL within one invocation.</summary>
internal sealed class MutantRun(ProjectRoot root, ProgressLines progress, TimeProvider time)
{
    private const string Broker = "broker";
    private readonly Gates gates = GatesFile.Read(root.Gates);
    private readonly MutantContent content = new(root);
    private readonly MutantLines lines = new(progress);

    /// <summary>The whole profile without a defect, of the groups for which it was asked.</summary>
    private readonly Dictionary<MutantGroup, ReleaseVerdict> whole = [];

    /// <summary>The mutants written by hand.</summary>
    /// <exception cref="DocumentException">One of their files cannot be used.</exception>
    public static IReadOnlyList<MutantCandidate> Written(ProjectRoot root)
    {
        var gates = GatesFile.Read(root.Gates);
        return
        [
            .. Directory
                .EnumerateFiles(Path.Combine(root.Path, "mutants"), "mutant.yaml", SearchOption.AllDirectories)
                .Order(StringComparer.Ordinal)
                .Select(file => new MutantCandidate(MutantFile.Read(file, gates))),
        ];
    }

    /// <summary>Runs mutants, those of a profile and a broker after the platform as it is.</summary>
    /// <param name="candidates">The mutants.</param>
    /// <param name="resume">Whether those whose result is at hand for the same content are left out.</param>
    /// <param name="within">After how long none is begun any more; null for never.</param>
    /// <param name="interruption">The wish to end.</param>
    /// <returns>Exit code: 0 if each was killed or is rightly listed as inert.</returns>
    public async Task<int> RunAsync(IReadOnlyList<MutantCandidate> candidates, bool resume, TimeSpan? within, Interruption interruption)
    {
        Directory.CreateDirectory(root.Runs);
        var since = time.GetTimestamp();
        var results = resume ? AtHand(candidates) : [];
        if (resume)
            progress.Say($"{results.Count} of {candidates.Count} mutants have their result for this content");
        var known = results.Select(result => result.Mutant).ToHashSet(StringComparer.Ordinal);
        try
        {
            await RunAsync(
                    [.. candidates.Where(candidate => !known.Contains(candidate.Mutant.Name))],
                    results,
                    () => within is { } most && time.GetElapsedTime(since) >= most,
                    interruption
                )
                .ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (interruption.Signal is not null)
        {
            // What has been decided so far is told.
        }

        var left = candidates.Count - results.Count;
        if (left > 0 && within is { } most && interruption.Signal is null)
            progress.Doubt($"{left} mutants were not begun within {Figures.Duration(most)}: ./verify mutants --resume goes on with them");
        Print(results, candidates.Count, time.GetElapsedTime(since));
        return interruption.ExitCode ?? ExitCodeOf(results, left);
    }

    /// <summary>What was not tried, or not begun, says nothing.</summary>
    /// <param name="results">What became of those that were begun.</param>
    /// <param name="left">How many were not.</param>
    internal static int ExitCodeOf(IReadOnlyList<MutantResult> results, int left) =>
        results.Any(result => result.Outcome == MutantOutcome.Survived) ? ExitCodes.Fail
        : left > 0 || results.Any(result => result.Outcome == MutantOutcome.NotTried) ? ExitCodes.Unknown
        : ExitCodes.Pass;

    private async Task RunAsync(
        IReadOnlyList<MutantCandidate> candidates,
        List<MutantResult> results,
        Func<bool> isOver,
        Interruption interruption
    )
    {
        if (candidates.Count == 0)
            return;
        var gate = new GateRun(root, progress, time);
        using var measuring = await gate.PrepareAsync(interruption.Token).ConfigureAwait(false);
        foreach (var group in await GroupsAsync(candidates, results, interruption.Token).ConfigureAwait(false))
            await RunGroupAsync(gate, group.Key, [.. group], results, isOver, interruption).ConfigureAwait(false);
    }

    private List<MutantResult> AtHand(IReadOnlyList<MutantCandidate> candidates)
    {
        using var log = OpenLog(root);
        var stored = log.Read()
            .Where(result => result.Outcome is MutantOutcome.Killed or MutantOutcome.Inert)
            .GroupBy(result => (result.Mutant, result.Content))
            .ToDictionary(group => group.Key, group => group.Last());
        return [.. candidates.Select(candidate => content.ResultOf(candidate, stored)).OfType<MutantResult>()];
    }

    /// <summary>The mutants by what they are measured against; those whose broker can't be had are not tried.</summary>
    private async Task<IReadOnlyList<IGrouping<MutantGroup, MutantCandidate>>> GroupsAsync(
        IReadOnlyList<MutantCandidate> candidates,
        List<MutantResult> results,
        CancellationToken cancellationToken
    )
    {
        using var engine = await DockerEngine.ConnectAsync(cancellationToken).ConfigureAwait(false);
        var store = new ImageStore(engine, root);
        var steps = new Progress<ImageProgress>();
        var usual = await BrokerChoice.DefaultAsync(store, steps, progress.Say, cancellationToken).ConfigureAwait(false);
        var had = new Dictionary<BrokerKind, bool> { [usual] = true };
        var grouped = new List<(MutantGroup Group, MutantCandidate Candidate)>();
        foreach (var candidate in candidates)
        {
            var broker = candidate.Mutant.Dimensions.TryGetValue(Broker, out var name)
                ? BrokerChoice.Parse(name, $"mutant {candidate.Mutant.Name}, broker ")
                : usual;
            if (!had.TryGetValue(broker, out var there))
                had[broker] = there = await store.CanHaveAsync(StackStarter.NameOf(broker), steps, cancellationToken).ConfigureAwait(false);
            if (there)
                grouped.Add((GroupOf(candidate.Mutant, broker), candidate));
            else
                Keep(results, candidate, NotTried(candidate, $"no image of {StackStarter.NameOf(broker)} can be had here"), TimeSpan.Zero);
        }

        return [.. grouped.GroupBy(each => each.Group, each => each.Candidate)];
    }

    private MutantGroup GroupOf(Mutant mutant, BrokerKind broker) =>
        new(content.ProfileOf(mutant).Name, broker, string.Join(' ', content.SuitesOf(mutant).Select(suite => suite.Name)));

    private async Task RunGroupAsync(
        GateRun gate,
        MutantGroup group,
        IReadOnlyList<MutantCandidate> candidates,
        List<MutantResult> results,
        Func<bool> isOver,
        Interruption interruption
    )
    {
        if (isOver())
            return;
        var objectives = candidates.Select(candidate => candidate.Mutant.Objective).Distinct().ToList();
        var services = await SoundServicesAsync(group.Broker, interruption.Token).ConfigureAwait(false);
        progress.Say($"without a defect, on {StackStarter.NameOf(group.Broker)}: {string.Join(", ", objectives)}");
        var sound = await gate.DecideAsync(Options(group, services, objectives, limit: null, defect: null), interruption)
            .ConfigureAwait(false);
        foreach (var candidate in candidates.TakeWhile(_ => !isOver()))
        {
            interruption.Token.ThrowIfCancellationRequested();
            var since = time.GetTimestamp();
            var (judged, tries) = await MutantTries
                .UntilKilledAsync(
                    candidate.Mutant.Tries,
                    () =>
                    {
                        interruption.Token.ThrowIfCancellationRequested();
                        return TryAsync(gate, group, services, candidate, sound, interruption);
                    },
                    ended => ended.Outcome
                )
                .ConfigureAwait(false);
            // What a signal has cut short says nothing.
            interruption.Token.ThrowIfCancellationRequested();
            Keep(results, candidate, judged, time.GetElapsedTime(since), candidate.Mutant.Tries > 1 ? tries : null);
        }
    }

    private async Task<Judged> TryAsync(
        GateRun gate,
        MutantGroup group,
        IReadOnlyDictionary<string, string> services,
        MutantCandidate candidate,
        ReleaseVerdict sound,
        Interruption interruption
    )
    {
        var mutant = candidate.Mutant;
        var before = sound.Objectives.Single(objective => objective.Objective.Id == mutant.Objective);
        if (before.Verdict != Verdict.Pass)
            return Of(before);

        try
        {
            using var project = await MutatedProject.MakeAsync(root, candidate, interruption.Token).ConfigureAwait(false);
            var defect = new SeededDefect(mutant.Name, project.Path);
            var options = Options(group, services, [mutant.Objective], mutant.TimeLimit, defect);
            var (after, cutShort) = await DecideAsync(options with { StopAtFirstFail = true }).ConfigureAwait(false);
            // A test of several objectives may have failed for another one, and what would have failed for this one not been run.
            if (after.Verdict != Verdict.Fail && cutShort)
                after = (await DecideAsync(options).ConfigureAwait(false)).After;
            return candidate.MayBeUnruled && after.Verdict == Verdict.Pass
                ? await TryUnruledAsync(gate, group, services, candidate, defect, interruption).ConfigureAwait(false)
                : Of(after);
        }
        catch (Exception e) when (e is ImageException or InvalidDataException)
        {
            return NotTried(candidate, $"it could not be tried: {e.Message}");
        }

        async Task<(ObjectiveVerdict After, bool CutShort)> DecideAsync(GateOptions options)
        {
            var verdict = await DecideWithAsync(gate, options, sound, interruption).ConfigureAwait(false);
            var record = RunDocuments.ReadRecord(new RunFolder(Path.Combine(root.Runs, verdict.Run)));
            return (
                verdict.Objectives.Single(objective => objective.Objective.Id == mutant.Objective),
                record.Tests.Any(test => test.Outcome == TestOutcome.Failed)
            );
        }

        Judged Of(ObjectiveVerdict after)
        {
            var (outcome, why) = MutantJudge.Judge(candidate, before, after);
            return new Judged(
                outcome,
                mutant.Objective,
                why,
                content.Of(candidate),
                outcome == MutantOutcome.Killed ? MutantJudge.IsNamed(candidate, after) : null
            );
        }
    }

    /// <summary>Of one that breaks no rule the whole profile is asked, until its first FAIL.</summary>
    private async Task<Judged> TryUnruledAsync(
        GateRun gate,
        MutantGroup group,
        IReadOnlyDictionary<string, string> services,
        MutantCandidate candidate,
        SeededDefect defect,
        Interruption interruption
    )
    {
        progress.Say($"{candidate.Mutant.Name} breaks no rule: all of {group.Profile} is asked, until its first FAIL");
        if (!whole.TryGetValue(group, out var before))
            whole[group] = before = await gate.DecideAsync(Whole(null), interruption).ConfigureAwait(false);
        var after =
            before.Verdict == Verdict.Pass
                ? await DecideWithAsync(gate, Whole(defect), before, interruption).ConfigureAwait(false)
                : before;
        var (outcome, objective, why) = MutantJudge.JudgeUnruled(candidate, before, after);
        return new Judged(
            outcome,
            objective,
            why,
            content.OfWhole(candidate),
            outcome == MutantOutcome.Killed ? MutantJudge.IsNamed(candidate, MutantJudge.FirstFailed(after)?.Line) : null
        );

        GateOptions Whole(SeededDefect? seeded) => Options(group, services, [], limit: null, seeded) with { StopAtFirstFail = true };
    }

    /// <summary>Runs a gate with a defect. Its images are of no use afterwards, but for those of the platform without it.</summary>
    private static async Task<ReleaseVerdict> DecideWithAsync(
        GateRun gate,
        GateOptions options,
        ReleaseVerdict sound,
        Interruption interruption
    )
    {
        var verdict = await gate.DecideAsync(options, interruption).ConfigureAwait(false);
        await RemoveImagesAsync(
                verdict.Components.Select(component => component.Image).Except(sound.Components.Select(component => component.Image))
            )
            .ConfigureAwait(false);
        return verdict;
    }

    private GateOptions Options(
        MutantGroup group,
        IReadOnlyDictionary<string, string> services,
        IReadOnlyList<string> objectives,
        TimeSpan? limit,
        SeededDefect? defect
    ) =>
        new()
        {
            Profile = group.Profile,
            Only = objectives,
            Gates = root.Gates,
            Sut = (defect is null ? root : new ProjectRoot(defect.Project)).Sut,
            // The release that one with a defect follows is the one without.
            Previous = objectives.Any(objective => gates.Objectives[objective].Needs.Contains(PreviousRelease.Capability))
                ? services
                : new Dictionary<string, string>(),
            Broker = group.Broker,
            Mutant = defect,
            Limit = limit,
        };

    /// <summary>Image of each service as it is, without a defect.</summary>
    private async Task<IReadOnlyDictionary<string, string>> SoundServicesAsync(BrokerKind broker, CancellationToken cancellationToken)
    {
        var prepared = await DockerPlatform
            .PrepareAsync(new PlatformChoice(root, root.Sut, broker, new Dictionary<string, string>()), progress, cancellationToken)
            .ConfigureAwait(false);
        return PreviousRelease.Services.ToDictionary(service => service, service => prepared.Images[service].Image, StringComparer.Ordinal);
    }

    private Judged NotTried(MutantCandidate candidate, string why) =>
        new(MutantOutcome.NotTried, candidate.Mutant.Objective, why, content.Of(candidate), Named: null);

    private void Keep(List<MutantResult> results, MutantCandidate candidate, Judged judged, TimeSpan took, int? tries = null)
    {
        var result = new MutantResult(
            candidate.Mutant.Name,
            judged.Content,
            judged.Outcome,
            judged.Objective,
            judged.Why,
            Math.Round(took.TotalSeconds, 1),
            time.GetUtcNow()
        )
        {
            Named = judged.Named,
            Tries = tries,
        };
        using (var log = OpenLog(root))
            log.Append(result);
        results.Add(result);
        lines.Tell(result);
    }

    private void Print(IReadOnlyList<MutantResult> results, int asked, TimeSpan took)
    {
        lines.TellOpen(results);
        int Count(MutantOutcome outcome) => results.Count(result => result.Outcome == outcome);
        progress.Say(
            $"mutants: {Count(MutantOutcome.Killed)} killed, {Count(MutantOutcome.Inert)} inert, {Count(MutantOutcome.NotTried)} not tried, {Count(MutantOutcome.Survived)} survived, of {asked}, in {Figures.Duration(took)}"
        );
        // What only compares a configuration says that a setting has gone, and not that its loss does any harm.
        if (results.Count(result => result is { Outcome: MutantOutcome.Killed, IsOfConfiguration: true }) is > 0 and var compared)
            progress.Say(
                $"by what compares a configuration alone (settings.*, manifests.*): {compared} of {Count(MutantOutcome.Killed)} killed"
            );
        var rate = NamingRate.Of(results, gates);
        if (rate.Killed > 0)
            progress.Say(
                $"named: the first suspect is the component at fault in {rate} killed{(rate.OfNobody > 0 ? $", {rate.OfNobody} of objectives that name nobody" : string.Empty)}"
            );
    }

    /// <summary>An image with a defect in it is of no use to anybody afterwards.</summary>
    internal static async Task RemoveImagesAsync(IEnumerable<string> images)
    {
        using var engine = await DockerEngine.ConnectAsync(CancellationToken.None).ConfigureAwait(false);
        foreach (var image in images)
            await engine
                .Client.Images.DeleteImageAsync(image, new ImageDeleteParameters { Force = true }, CancellationToken.None)
                .ConfigureAwait(false);
    }

    // A result takes its time: the file is open only while a line of it is written.
    internal static JsonLines<MutantResult> OpenLog(ProjectRoot root) => new(Path.Combine(root.Runs, "mutants.jsonl"), "mutant-result");

    /// <summary>What became of one, and the hash of what that rests on.</summary>
    private sealed record Judged(MutantOutcome Outcome, string Objective, string Why, string Content, bool? Named);
}
