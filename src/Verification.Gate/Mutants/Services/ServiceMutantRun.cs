using System.Globalization;
using Verification.Gate.Commands;
using Verification.Gate.Interruptions;
using Verification.Gate.Progress;
using Verification.Gate.Reporting;
using Verification.Gate.Runs;
using Verification.Mutations;
using Verification.Objectives;
using Verification.Stack;
using Verification.Stack.Sessions;

namespace Verification.Gate.Mutants.Services;

/// <summary>Runs defects that a machine has made: a sample of all small changes of the services that compile and that no unit test of
/// theirs sees.</summary>
internal sealed class ServiceMutantRun(ProjectRoot root, ProgressLines progress, TimeProvider time)
{
    private const string Profile = "pr";
    private const string Starts = "platform.starts";
    private readonly Equivalents equivalents = Equivalents.Read(root);
    private readonly Gates gates = GatesFile.Read(root.Gates);
    private readonly MutantContent content = new(root);
    private readonly MutantLines lines = new(progress);

    /// <summary>Draws a sample and has a gate judge each, until its first FAIL.</summary>
    /// <param name="sample">How many.</param>
    /// <param name="seed">Draws them.</param>
    /// <param name="resume">Whether those whose result is at hand for the same content are left out.</param>
    /// <param name="interruption">The wish to end.</param>
    /// <returns>Exit code: 0 if each was killed, or is listed as equivalent, of which not too many are new.</returns>
    public async Task<int> RunAsync(int sample, int seed, bool resume, Interruption interruption)
    {
        Directory.CreateDirectory(root.Runs);
        var since = time.GetTimestamp();
        var results = new List<MutantResult>();
        IReadOnlyList<Mutation> listed = [];
        string? tooMany = null;
        progress.Say($"seed {seed}; --seed {seed} draws the same");
        try
        {
            var stored = resume ? Stored() : [];
            using var services = await MutatedServices.MakeAsync(root, progress.Say, interruption.Token).ConfigureAwait(false);
            (var drawn, listed) = await DrawAsync(services, sample, seed, resume, null, interruption.Token).ConfigureAwait(false);
            tooMany = Equivalents.TooMany(Equivalents.NewIn(seed, listed.Select(NameOf), stored), drawn.Count);
            await JudgeAsync(services, drawn, seed, results, AtHand(stored), interruption).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (interruption.Signal is not null)
        {
            // What has been decided so far is told.
        }

        Print(results, listed.Count, tooMany, time.GetElapsedTime(since));
        return interruption.ExitCode
            ?? (
                tooMany is not null || results.Exists(result => result.Outcome == MutantOutcome.Survived) ? ExitCodes.Fail
                : results.Exists(result => result.Outcome == MutantOutcome.NotTried) ? ExitCodes.Unknown
                : ExitCodes.Pass
            );
    }

    /// <summary>Draws a sample, and only tells what is in it: each with its key, its place, and what it changes.</summary>
    /// <param name="sample">How many.</param>
    /// <param name="seed">Draws them.</param>
    /// <param name="tell">Hears of each as it is drawn.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task ListAsync(int sample, int seed, Action<string> tell, CancellationToken cancellationToken)
    {
        progress.Say($"seed {seed}; --seed {seed} draws the same");
        using var services = await MutatedServices.MakeAsync(root, progress.Say, cancellationToken).ConfigureAwait(false);
        await DrawAsync(services, sample, seed, resume: true, mutation => tell($"{NameOf(mutation)}  {Told(mutation)}"), cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>The first of a shuffled list that no unit test kills, and that were not known to be equivalent.</summary>
    /// <returns>Those, and which of the list the sample would have had.</returns>
    private async Task<(IReadOnlyList<Mutation> Drawn, IReadOnlyList<Mutation> Listed)> DrawAsync(
        MutatedServices services,
        int sample,
        int seed,
        bool resume,
        Action<Mutation>? tell,
        CancellationToken cancellationToken
    )
    {
        var tests = new ServiceUnitTests(services.UnitTests);
        if (await tests.KillAsync(0, cancellationToken).ConfigureAwait(false))
            throw new InvalidOperationException("The unit tests of the services fail without a mutation: ./verify test says which.");
        var shuffled = services.Scheme.Mutations.OrderBy(mutation => mutation.Key, StringComparer.Ordinal).ToArray();
        new Random(seed).Shuffle(shuffled);
        Directory.CreateDirectory(root.Runs);
        var kills = UnitKills.Read(Path.Combine(root.Runs, "unit-kills"), root.Path);
        Task<bool> SeenAsync(Mutation mutation) =>
            resume
                ? kills.SeenAsync(mutation, () => tests.KillAsync(mutation.Id, cancellationToken))
                : tests.KillAsync(mutation.Id, cancellationToken);
        var drawn = new List<Mutation>();
        var killed = 0;
        // As many at a time as there are cores; the first in the order of the list are drawn, whichever ends first.
        foreach (var next in shuffled.Where(mutation => equivalents.ReasonOf(mutation.Key) is null).Chunk(Environment.ProcessorCount))
        {
            var seen = await Task.WhenAll(next.Select(SeenAsync)).ConfigureAwait(false);
            killed += seen.Count(isKilled => isKilled);
            foreach (var (mutation, _) in next.Zip(seen).Where(each => !each.Second).Take(sample - drawn.Count))
            {
                drawn.Add(mutation);
                tell?.Invoke(mutation);
            }

            if (seen.Contains(false))
                progress.Say(
                    $"services: {drawn.Count} of {sample} drawn, of {shuffled.Length} mutations; {killed} are left to the services' own unit tests"
                );
            if (drawn.Count == sample)
                break;
        }

        var end = drawn.Count < sample ? shuffled.Length : Array.IndexOf(shuffled, drawn[^1]);
        return (drawn, [.. shuffled.Take(end).Where(mutation => equivalents.ReasonOf(mutation.Key) is not null)]);
    }

    private async Task JudgeAsync(
        MutatedServices services,
        IReadOnlyList<Mutation> drawn,
        int seed,
        List<MutantResult> results,
        IReadOnlyDictionary<(string Mutant, string Content), MutantResult> known,
        Interruption interruption
    )
    {
        var gate = new GateRun(root, progress, time);
        using var measuring = await gate.PrepareAsync(interruption.Token).ConfigureAwait(false);
        var images = new HashSet<string>(StringComparer.Ordinal);
        try
        {
            // Asleep they change nothing: what fails then is no merit of a check.
            var sound = await DecideAsync(gate, services, null, interruption).ConfigureAwait(false);
            images.UnionWith(ServicesOf(sound));
            if (sound.Verdict != Verdict.Pass)
                throw new InvalidOperationException(
                    $"With every mutation asleep the gate says {Phrases.Headline(sound)}: {Phrases.Why(sound)}. Nothing can be said of any."
                );
            foreach (var mutation in drawn)
            {
                interruption.Token.ThrowIfCancellationRequested();
                if (known.TryGetValue((NameOf(mutation), ContentOf(mutation)), out var stored))
                {
                    if (stored.Sample == seed)
                        results.Add(stored);
                    else
                        Keep(results, stored with { Sample = seed });
                    continue;
                }

                var since = time.GetTimestamp();
                var verdict = await DecideAsync(gate, services, mutation, interruption).ConfigureAwait(false);
                interruption.Token.ThrowIfCancellationRequested();
                Keep(results, ResultOf(mutation, verdict, time.GetElapsedTime(since)) with { Sample = seed });
            }
        }
        finally
        {
            await MutantRun.RemoveImagesAsync(images).ConfigureAwait(false);
        }
    }

    private async Task<ReleaseVerdict> DecideAsync(GateRun gate, MutatedServices services, Mutation? awake, Interruption interruption)
    {
        var id = (awake?.Id ?? 0).ToString(CultureInfo.InvariantCulture);
        var sut = Path.Combine(services.Root.Path, $"sut-{id}.yaml");
        await File.WriteAllTextAsync(
                sut,
                AwakeIn(await File.ReadAllTextAsync(services.Root.Sut, interruption.Token).ConfigureAwait(false), id),
                interruption.Token
            )
            .ConfigureAwait(false);
        return await gate.DecideAsync(
                new GateOptions
                {
                    Profile = Profile,
                    Gates = root.Gates,
                    Sut = sut,
                    Mutant = new SeededDefect(awake is null ? "every mutation asleep" : NameOf(awake), services.Root.Path),
                    StopAtFirstFail = true,
                },
                interruption
            )
            .ConfigureAwait(false);
    }

    /// <summary>Sees that a mutation can be woken in each service, before any is made.</summary>
    /// <inheritdoc cref="AwakeIn" path="/exception"/>
    public static void MustBeAbleToWake(ProjectRoot root) => AwakeIn(File.ReadAllText(root.Sut), "0");

    /// <summary>The description of the services, each with the variable that wakes a mutation.</summary>
    /// <exception cref="UsageException">It gives a service an environment of its own: a mutation that is never awake would
    /// survive.</exception>
    internal static string AwakeIn(string sut, string id) =>
        PreviousRelease.Services.Aggregate(
            sut,
            (text, service) =>
                text.Contains($"  {service}: {{}}\n", StringComparison.Ordinal)
                    ? text.Replace(
                        $"  {service}: {{}}\n",
                        $"  {service}: {{{MutationScheme.Variable}: \"{id}\"}}\n",
                        StringComparison.Ordinal
                    )
                    : throw new UsageException(
                        $"sut.yaml: expected '{service}: {{}}' as its environment, in which a mutation is woken; mutants --services runs with the reference services as they come."
                    )
        );

    private MutantResult ResultOf(Mutation mutation, ReleaseVerdict verdict, TimeSpan took)
    {
        MutantResult Result(MutantOutcome outcome, string objective, string why, bool? named) =>
            new(
                NameOf(mutation),
                ContentOf(mutation),
                outcome,
                objective,
                $"{Told(mutation)}. {why}",
                Math.Round(took.TotalSeconds, 1),
                time.GetUtcNow()
            )
            {
                Named = named,
            };

        if (MutantJudge.FirstFailed(verdict) is { } failed)
            return Result(MutantOutcome.Killed, failed.Objective, failed.Line.Why, IsNamed(mutation.File, failed.Line.Evidence.Suspects));
        if (verdict.Verdict != Verdict.Pass)
            return Result(MutantOutcome.NotTried, Starts, $"the gate says {Phrases.Headline(verdict)}: {Phrases.Why(verdict)}", null);
        return Result(
            MutantOutcome.Survived,
            Starts,
            $"the gate says {Phrases.Headline(verdict)}; a check is missing, or mutants/equivalent.yaml lists {mutation.Key} with the reason",
            null
        );
    }

    /// <summary>Whether the first suspect is the service that was changed, or either where what both share was; null where nobody is
    /// suspected.</summary>
    internal static bool? IsNamed(string file, IReadOnlyList<string>? suspects) =>
        suspects is not [var first, ..] ? null
        : file.StartsWith("Shared/", StringComparison.Ordinal) ? PreviousRelease.Services.Contains(first, StringComparer.Ordinal)
        : file.StartsWith($"{first}/", StringComparison.OrdinalIgnoreCase);

    private string ContentOf(Mutation mutation) =>
        content.Of(
            new MutantCandidate(
                new Mutant(NameOf(mutation), mutation.Kind, Profile, new Dictionary<string, string>(), null, null, TimeSpan.Zero)
            ),
            Profile
        );

    private static string Told(Mutation mutation) =>
        $"{mutation.File}:{mutation.Line} {mutation.Kind}: {Cut(mutation.Before)} → {Cut(mutation.After)}";

    private static string NameOf(Mutation mutation) => $"services/{mutation.Key}";

    private static string Cut(string code) => code.Length > 80 ? $"{code[..80]}…" : code;

    private static IEnumerable<string> ServicesOf(ReleaseVerdict verdict) =>
        verdict.Components.Where(component => component.Role is "dashboard" or "server").Select(component => component.Image);

    private List<MutantResult> Stored()
    {
        using var log = MutantRun.OpenLog(root);
        return [.. log.Read()];
    }

    private static Dictionary<(string Mutant, string Content), MutantResult> AtHand(IEnumerable<MutantResult> stored) =>
        stored
            .Where(result => result.Outcome is MutantOutcome.Killed or MutantOutcome.Survived)
            .GroupBy(result => (result.Mutant, result.Content))
            .ToDictionary(group => group.Key, group => group.Last());

    private void Keep(List<MutantResult> results, MutantResult result)
    {
        using (var log = MutantRun.OpenLog(root))
            log.Append(result);
        results.Add(result);
        lines.Tell(result);
    }

    private void Print(IReadOnlyList<MutantResult> results, int listed, string? tooMany, TimeSpan took)
    {
        lines.TellOpen(results);
        var rate = NamingRate.Of(results, gates);
        progress.Say($"in {Figures.Duration(took)}");
        if (tooMany is not null)
            progress.Bad(tooMany);
        var undecided = results.Count(result => result.Outcome == MutantOutcome.NotTried);
        progress.Say(
            $"services: {rate.Killed} of {results.Count - undecided} killed{(undecided > 0 ? $" ({undecided} more were not tried)" : string.Empty)}, {listed} equivalent, named {rate}"
        );
    }
}
