using System.Globalization;
using Docker.DotNet;
using Verification.Gate.Commands;
using Verification.Gate.Interruptions;
using Verification.Gate.Progress;
using Verification.Objectives;
using Verification.Recovery;
using Verification.Stack;
using Verification.Stack.Engine;
using Verification.Stack.Images;
using Verification.Stack.Jobs;
using Verification.Stack.Leftovers;
using Verification.Stack.Runs;

namespace Verification.Gate.Drills;

/// <summary>One drill of production's newest backup, on this machine, and what it tells.</summary>
internal sealed class LatestDrillRun(ProjectRoot root, ProgressLines progress)
{
    private const string Component = "backup";

    /// <summary>Drills.</summary>
    /// <param name="target">Where the backups are.</param>
    /// <param name="network">The engine's network from which the target is reached.</param>
    /// <param name="metrics">The file that is told of a drill that has proven all; null for none.</param>
    /// <param name="interruption">The wish to end.</param>
    /// <returns>Exit code: 0 all is proven, 1 the backup cannot be restored, 3 it could not be had.</returns>
    /// <exception cref="UsageException">The network is not there, or the file cannot be written.</exception>
    /// <exception cref="ImageException">The image of the procedures cannot be had.</exception>
    public async Task<int> RunAsync(BackupTarget target, string network, string? metrics, Interruption interruption)
    {
        using var engine = await DockerEngine.ConnectAsync(interruption.Token).ConfigureAwait(false);
        await MustBeThereAsync(engine, network, interruption.Token).ConfigureAwait(false);
        foreach (var swept in await new Sweeper(engine, progress.Doubt).SweepDeadRunsAsync(interruption.Token).ConfigureAwait(false))
            progress.Say($"swept what the dead run {swept} had left");
        var images = await new ImageStore(engine, root)
            .ResolveAsync(
                [Component],
                ImageOverrides.None,
                new Told<ImageProgress>(step => progress.Say($"image {step.Component}: {step.Step}")),
                interruption.Token
            )
            .ConfigureAwait(false);
        var run = Run.Start(root);
        await using var ended = run.ConfigureAwait(false);
        progress.Say($"run {run.Id}: {target.Base} is copied and restored where nothing else is reached");
        var procedures = Path.Combine(root.Config, Component);
        var drill = new LatestDrill(new RunJobs(engine, run.Folder), images[Component].Image, procedures);
        var outcome = await drill.RunAsync(target, network, interruption.Token).ConfigureAwait(false);
        var kept = DrillFiles.Keep(
            run.Folder,
            "latest backup",
            outcome.ToRecord(DrillTools.Of(images[Component].Image, images[Component].Digest, outcome.Versions, procedures))
        );
        Tell(outcome.Fetched);
        if (outcome.Restored is { } restored)
            Tell(restored);
        progress.Say($"what it did: {string.Join(", ", kept.Select(file => Path.Combine(run.Folder.Path, file)))}");
        if (outcome.Refusal is { } why)
        {
            progress.Bad(
                $"{(outcome.Restored is null ? "UNKNOWN: the backup could not be had" : "FAIL: the backup cannot be restored")}: {why}"
            );
            return outcome.Restored is null ? ExitCodes.Unknown : ExitCodes.Fail;
        }

        if (metrics is not null)
            Write(metrics, outcome.Metrics!);
        progress.Good(Proven(outcome.Restored!.Facts));
        return ExitCodes.Pass;
    }

    private static async Task MustBeThereAsync(DockerEngine engine, string network, CancellationToken cancellationToken)
    {
        try
        {
            await engine.Client.Networks.InspectNetworkAsync(network, cancellationToken).ConfigureAwait(false);
        }
        catch (DockerNetworkNotFoundException)
        {
            throw new UsageException(
                $"--network {network}: the engine has no such network. Name one of those that docker network ls shows, from which the target is reached."
            );
        }
    }

    private void Tell(ProcedureReport report)
    {
        foreach (var phase in report.Phases)
            progress.Say(string.Create(CultureInfo.InvariantCulture, $"{phase.Name, -10} {phase.Seconds, 8:0.0} s"));
    }

    private static string Proven(IReadOnlyDictionary<string, string> facts) =>
        $"PASS: all that is archived was restored and read. The point it came to (RPO) lay {Age(facts["heartbeat"])} before the drill began"
        + $"{(facts["buff"].Length == 0 ? string.Empty : $", the newest buff {Age(facts["buff"])}")}; it took {facts["seconds"]} s.";

    private static string Age(string seconds) =>
        string.Create(CultureInfo.InvariantCulture, $"{double.Parse(seconds, CultureInfo.InvariantCulture):0.0} s");

    /// <summary>Whoever reads the file meanwhile reads the old one.</summary>
    private static void Write(string path, string metrics)
    {
        var next = $"{path}.new";
        try
        {
            File.WriteAllText(next, metrics);
            File.Move(next, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException(
                $"--metrics {path}: it cannot be written: {Quotation.Of(e.Message)} Name a file in a folder that this user can write."
            );
        }
    }
}
