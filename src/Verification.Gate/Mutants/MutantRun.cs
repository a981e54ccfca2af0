using Docker.DotNet.Models;
using Verification.Gate.Commands;
using Verification.Gate.Interruptions;
using Verification.Gate.Progress;
using Verification.Gate.Runs;
using Verification.Objectives;
using Verification.Stack;
using Verification.Stack.Engine;
using Verification.Stack.Images;

namespace Verification.Gate.Mutants;

/// <summary>Runs seeded defects: each must turn its objective from PASS to FAIL within one invocation.</summary>
internal sealed class MutantRun(ProjectRoot root, ProgressLines progress, TimeProvider time)
{
    private const string Starts = "platform.starts";

    /// <summary>All mutants of the project, by name.</summary>
    /// <exception cref="DocumentException">One of their files cannot be used.</exception>
    public static IReadOnlyDictionary<string, Mutant> Known(ProjectRoot root)
    {
        var gates = GatesFile.Read(root.Gates);
        return Directory.EnumerateFiles(Path.Combine(root.Path, "mutants"), "mutant.yaml", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
            .Select(file => MutantFile.Read(file, gates))
            .ToDictionary(mutant => mutant.Name, StringComparer.Ordinal);
    }

    /// <summary>Runs the mutants, after the platform as it is.</summary>
    /// <returns>Exit code: 0 if each was killed.</returns>
    public async Task<int> RunAsync(IReadOnlyList<Mutant> mutants, Interruption interruption)
    {
        var gate = new GateRun(root, progress, time);
        using var measuring = await gate.PrepareAsync(interruption.Token).ConfigureAwait(false);
        var objectives = mutants.Select(mutant => mutant.Objective).Distinct().ToList();
        progress.Say($"without a defect: {string.Join(", ", objectives)}");
        var sound = await gate.DecideAsync(Options(objectives, null), interruption).ConfigureAwait(false);

        var results = new List<(Mutant Mutant, bool Killed, string Why)>();
        foreach (var mutant in mutants)
        {
            if (interruption.ExitCode is { } code)
                return code;
            var (killed, why) = await TryAsync(gate, mutant, sound, interruption).ConfigureAwait(false);
            results.Add((mutant, killed, why));
        }

        foreach (var (mutant, killed, why) in results)
        {
            if (killed)
                progress.Good($"killed    {mutant.Name} by {mutant.Objective}: {why}");
            else
                progress.Bad($"SURVIVED  {mutant.Name} ({mutant.Objective}): {why}");
        }

        progress.Say($"{results.Count(result => result.Killed)} of {results.Count} mutants killed");
        return results.TrueForAll(result => result.Killed) ? ExitCodes.Pass : ExitCodes.Fail;
    }

    private static bool Fits(Mutant mutant, LineVerdict line) => mutant.Dimensions.All(wanted =>
        line.Evidence.Dimensions.TryGetValue(wanted.Key, out var value) && value == wanted.Value);

    /// <summary>The first, and so the smallest, profile that asks for all of them.</summary>
    private string ProfileOf(IReadOnlyList<string> objectives) => GatesFile.Read(root.Gates).Profiles.Values
        .FirstOrDefault(profile => objectives.All(profile.Requirements.ContainsKey))?.Name
        ?? throw new UsageException($"No profile of gates.yaml asks for all of {string.Join(", ", objectives)}.");

    private GateOptions Options(IReadOnlyList<string> objectives, SeededDefect? defect) =>
        new(ProfileOf(objectives), objectives, root.Gates, (defect is null ? root : new ProjectRoot(defect.Project)).Sut, new Dictionary<string, string>(), null, "local", Keep: false, Output: null, Stack: null, defect);

    private async Task<(bool Killed, string Why)> TryAsync(GateRun gate, Mutant mutant, ReleaseVerdict sound, Interruption interruption)
    {
        var before = sound.Objectives.Single(objective => objective.Objective.Id == mutant.Objective);
        if (before.Verdict != Verdict.Pass)
            return (false, $"without it the objective is {before.Verdict}, so nothing can be said: {before.Why}");

        ReleaseVerdict verdict;
        try
        {
            using var project = await MutatedProject.MakeAsync(root, mutant, interruption.Token).ConfigureAwait(false);
            using var limit = new CancellationTokenSource(mutant.TimeLimit, time);
            var options = Options([.. new[] { mutant.Objective, Starts }.Distinct()], new SeededDefect(mutant.Name, project.Path));
            verdict = await gate.DecideAsync(options, interruption).WaitAsync(limit.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is ImageException or InvalidDataException || (e is OperationCanceledException && interruption.Signal is null))
        {
            return (false, $"it could not be tried: {(e is OperationCanceledException ? $"not decided within {mutant.TimeLimit.TotalSeconds:0} s" : e.Message)}");
        }

        await RemoveImagesAsync(verdict.Components.Select(component => component.Image).Except(sound.Components.Select(component => component.Image))).ConfigureAwait(false);
        var after = verdict.Objectives.Single(objective => objective.Objective.Id == mutant.Objective);
        var failing = after.Lines.FirstOrDefault(line => line.Verdict == Verdict.Fail && Fits(mutant, line));
        return failing is not null ? (true, failing.Why) : (false, $"with it the objective is {after.Verdict}: {after.Why}");
    }

    /// <summary>An image with a defect in it is of no use to anybody afterwards.</summary>
    private static async Task RemoveImagesAsync(IEnumerable<string> images)
    {
        using var engine = await DockerEngine.ConnectAsync(CancellationToken.None).ConfigureAwait(false);
        foreach (var image in images)
            await engine.Client.Images.DeleteImageAsync(image, new ImageDeleteParameters { Force = true }, CancellationToken.None).ConfigureAwait(false);
    }
}
