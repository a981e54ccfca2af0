using Verification.Cluster.Admission;
using Verification.Cluster.Releases;
using Verification.Gate.Attesting;
using Verification.Gate.Commands;
using Verification.Gate.Progress;
using Verification.Gate.Publishing;
using Verification.Gate.Reporting;
using Verification.Gate.Runs;
using Verification.Objectives;
using Verification.Stack;
using Verification.Stack.Engine;
using Verification.Stack.Images;
using Verification.Stack.Images.Registries;
using Verification.Stack.Sessions;

namespace Verification.Gate.Admission;

/// <summary>Says whether a stored verdict admits the release that this machine is about to deploy. Starts, pulls and makes nothing; where
/// it is asked to, it records what it has admitted in a cluster.</summary>
/// <param name="root">The project.</param>
/// <param name="progress">Where it is said.</param>
/// <param name="time">The clock.</param>
internal sealed class AdmissionRun(ProjectRoot root, ProgressLines progress, TimeProvider time)
{
    /// <summary>The option that names the key.</summary>
    public const string KeyOption = "--key";

    /// <returns>Exit code: 0 admitted, 1 a verdict is at hand and none admits, 3 none is at hand.</returns>
    /// <exception cref="UsageException">What was named is no verdict.</exception>
    /// <exception cref="RegistryException">The registry of what is deployed does not answer, or refuses.</exception>
    /// <exception cref="Verification.Stack.Control.StackNotFoundException">The cluster that is to record it, or to demand verdicts, does not
    /// demand them.</exception>
    /// <exception cref="EngineMissingException">No engine answers.</exception>
    public async Task<int> RunAsync(AdmissionOptions options, CancellationToken cancellationToken)
    {
        if (options is { Override: { } reason, History: { } overridden, Deployed: { } file })
            return await OverrideAsync(options, file, overridden, reason, cancellationToken).ConfigureAwait(false);
        using var key = options.Key is { } pem ? VerifyingKey.Read(KeyOption, pem) : null;
        var gates = GatesFile.Read(options.Gates);
        var sut = SutFile.Read(options.Sut, gates);
        var wanted = new WantedRelease(
            gates,
            ConfigDigest.Of(root.Config),
            options.Environment,
            sut.Extras,
            Images: new Dictionary<string, ComponentImage>(),
            Named: new Dictionary<string, string>(),
            options.MaxAge,
            time.GetUtcNow()
        )
        {
            SafeSettingsSha256 = ConfigDigest.OfFile(root.SafeSettings),
            Require = options.Require,
            Key = key,
        };
        return options.Deployed is { } deployed
            ? await OfDeploymentAsync(wanted, deployed, options, cancellationToken).ConfigureAwait(false)
            : await OfEngineAsync(wanted, options, sut, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What a file of an environment deploys, by the verdicts that lie beside its images.</summary>
    private async Task<int> OfDeploymentAsync(
        WantedRelease wanted,
        string file,
        AdmissionOptions options,
        CancellationToken cancellationToken
    )
    {
        var named = ImagesFile.Read(file);
        if (options is { Enforced: true, History: { } guarded })
            await AdmissionRecorder.RequireEnforcedAsync(guarded.Context, guarded.Namespace, cancellationToken).ConfigureAwait(false);
        var history = options.History is { } cluster ? new DeploymentHistory(root, cluster, time) : null;
        var recorded = history is null
            ? null
            : await history.LastAdmittedAsync(named, wanted.ConfigSha256, cancellationToken).ConfigureAwait(false);
        using var attested = new AttestedRuns(progress.Doubt);
        var runs = await attested.OfImageAsync(ImageName.Parse(ImagesFile.FirstOf(named)), cancellationToken).ConfigureAwait(false);
        if (runs.Count == 0)
        {
            progress.Bad(
                $"not admitted: no verdict lies beside {ImagesFile.FirstOf(named)}, which {file} names. Publish a verified run: ./verify publish --registry REGISTRY"
            );
            return ExitCodes.Unknown;
        }

        foreach (var image in named.Values)
        {
            if (await AttachedBills.ProblemsOfAsync(ImageName.Parse(image), cancellationToken).ConfigureAwait(false) is [var problem, ..])
            {
                progress.Bad($"not admitted: {problem}. Publish the verified run again: ./verify publish --registry REGISTRY");
                return ExitCodes.Fail;
            }
        }

        var images = named.ToDictionary(
            pair => pair.Key,
            pair => new ComponentImage(pair.Key, pair.Value, ImageName.Parse(pair.Value).Digest!, "", file),
            StringComparer.Ordinal
        );
        if (Tell(runs, wanted with { Images = images, Named = named, Deployed = file, Recorded = recorded }) is not { } run)
            return ExitCodes.Fail;
        if (history is not null)
            TellRecorded(
                options.History!,
                await history.RecordAsync(options, named, run, wanted.Key?.Fingerprint, cancellationToken).ConfigureAwait(false)
            );
        if (options.Record is { } place)
        {
            var list = await AdmissionRecorder
                .RecordAsync(place.Context, place.Namespace, run.Record.Id, named, cancellationToken)
                .ConfigureAwait(false);
            progress.Good(
                $"recorded in {AdmissionNames.Of(place.Namespace).Space}/{AdmissionNames.List} of context {place.Context}: {list.Digests.Count} digests run in namespace {place.Namespace}, those of run {list.Release}{(list.Previous is { } previous ? $", of run {previous} before it" : string.Empty)} and of what runs there"
            );
        }

        return ExitCodes.Pass;
    }

    /// <summary>What is deployed on somebody's word. The word is kept before anything is deployed: where it can't be, nothing is let
    /// through.</summary>
    private async Task<int> OverrideAsync(
        AdmissionOptions options,
        string file,
        ClusterPlace cluster,
        string reason,
        CancellationToken cancellationToken
    )
    {
        var entry = await new DeploymentHistory(root, cluster, time)
            .OverrideAsync(options, ImagesFile.Read(file), reason, cancellationToken)
            .ConfigureAwait(false);
        progress.Doubt($"let through without a verdict: {entry.Override}");
        TellRecorded(cluster, entry);
        return ExitCodes.Pass;
    }

    private void TellRecorded(ClusterPlace cluster, RecordedRelease entry) =>
        progress.Good(
            $"recorded for {entry.User} in {cluster.Namespace}/{ReleaseHistory.Name} of context {cluster.Context}: ./verify history --cluster --context {cluster.Context} --namespace {cluster.Namespace}"
        );

    /// <summary>What this machine would deploy, by the verdicts that are at hand.</summary>
    private async Task<int> OfEngineAsync(
        WantedRelease wanted,
        AdmissionOptions options,
        SystemUnderTest sut,
        CancellationToken cancellationToken
    )
    {
        var runs = options.Verdict is null ? StoredRuns.Judged(options.Runs, progress.Doubt) : [Named(options.Verdict)];
        if (runs.Count == 0)
        {
            progress.Bad($"not admitted: no verdict is at hand in {options.Runs}. Get one: ./verify gate");
            return ExitCodes.Unknown;
        }

        var roles = runs.SelectMany(run => run.Record.Components).Select(component => component.Role).ToList();
        var named = SessionSettings.ImagesOf(sut, new ImageOverrides(options.Images)).Images;
        var images = await ImagesAsync(roles, NamedImages.Of(named, roles), cancellationToken).ConfigureAwait(false);
        return Tell(runs, wanted with { Images = images, Named = named }) is null ? ExitCodes.Fail : ExitCodes.Pass;
    }

    private static JudgedRun Named(string verdict)
    {
        var folder = new RunFolder(
            Path.GetFullPath(Directory.Exists(verdict) ? verdict : Path.GetDirectoryName(Path.GetFullPath(verdict))!)
        );
        foreach (var file in new[] { folder.Verdict, folder.Record, folder.Evidence })
        {
            if (!File.Exists(file))
                throw new UsageException(
                    $"{verdict} admits nothing: {file} is not there. A verdict is looked at with the run.json and the evidence.jsonl of its run beside it."
                );
        }

        return JudgedRun.Read(folder);
    }

    private static IReadOnlyList<string> DifferencesOf(JudgedRun run, WantedRelease wanted)
    {
        // What is not signed, or was changed since, is looked at no further.
        if (wanted.Key is { } key && Attestation.Differences(run.Folder, key) is { Count: > 0 } unsigned)
            return unsigned;
        try
        {
            return AdmissionCheck.Differences(run, new EvidenceLog(run.Folder.Evidence).Read(), wanted);
        }
        catch (DocumentException e)
        {
            return [$"its evidence cannot be read: {e.Message}"];
        }
    }

    /// <summary>The images of the components as a gate would find them, as far as they are here.</summary>
    private async Task<IReadOnlyDictionary<string, ComponentImage>> ImagesAsync(
        IEnumerable<string> roles,
        IReadOnlyDictionary<string, string> named,
        CancellationToken cancellationToken
    )
    {
        var list = VersionList.Read(root);
        bool Known(string role) => list.Components.ContainsKey(role) || list.Services.ContainsKey(role);
        using var engine = await DockerEngine.ConnectAsync(cancellationToken).ConfigureAwait(false);
        return await new ImageStore(engine, root)
            .LookAsync(
                [.. roles.Distinct().Where(Known)],
                new ImageOverrides(named.Where(pair => Known(pair.Key)).ToDictionary(StringComparer.Ordinal)),
                cancellationToken
            )
            .ConfigureAwait(false);
    }

    /// <returns>The run that admits the release; null where none does.</returns>
    private JudgedRun? Tell(IReadOnlyList<JudgedRun> runs, WantedRelease wanted)
    {
        var judged = runs.Select(run => (Run: run, Differences: DifferencesOf(run, wanted))).ToList();
        var (run, differences) = judged
            .OrderBy(each => each.Differences.Count)
            .ThenByDescending(each => each.Run.Record.Id, StringComparer.Ordinal)
            .First();
        var name =
            $"run {run.Record.Id} ({Phrases.Headline(run.Verdict)}, profile {run.Record.Profile}, commit {run.Record.Commit ?? "unknown"})";
        if (differences.Count > 0)
        {
            progress.Bad(
                $"not admitted: of {judged.Count} stored {(judged.Count == 1 ? "verdict" : "verdicts")} the nearest is that of {name}: {string.Join("; ", differences)}"
            );
            return null;
        }

        foreach (var waiver in run.Verdict.WaiversUsed)
            progress.Doubt($"waived until {waiver.Until:yyyy-MM-dd}: {waiver.Objective}: {waiver.Reason} ({waiver.Owner})");
        var age = wanted.Now - run.Record.EndedAt!.Value;
        var had =
            wanted.Recorded is { } recorded && age > wanted.MaxAge
                ? $", which counts no more as the cluster had this release admitted at {Figures.Utc(recorded)}"
                : string.Empty;
        progress.Good(
            $"admitted: {name}, {Age.Text(age)} old{had}{(wanted.Key is { } key ? $", signed by {key.Fingerprint}" : string.Empty)}"
        );
        return run;
    }
}
