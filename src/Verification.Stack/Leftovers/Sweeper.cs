using System.Diagnostics;
using System.Net;
using System.Runtime.ExceptionServices;
using Docker.DotNet;
using Docker.DotNet.Models;
using Verification.Objectives;
using Verification.Stack.Engine;
using Verification.Stack.Runs;

namespace Verification.Stack.Leftovers;

/// <summary>Removes what runs have left in the engine, found by their labels alone, and only of runs that are known to have
/// ended.</summary>
/// <param name="engine">The engine.</param>
/// <param name="leftAlone">Told what was left, and why.</param>
public sealed class Sweeper(DockerEngine engine, Action<string>? leftAlone = null)
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    // What is left of a dead run is in nobody's way: who starts does not wait for an engine that does not let it go.
    private static readonly TimeSpan PatienceWithDead = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(250);

    /// <summary>Removes what ended runs, of whatever checkout, have left; stacks that are kept stay.</summary>
    /// <returns>Ids of the runs that were swept.</returns>
    public async Task<IReadOnlyList<string>> SweepDeadRunsAsync(CancellationToken cancellationToken)
    {
        PortLease.RemoveAbandoned();
        var swept = new List<string>();
        foreach (var run in Ended((await RunsAsync(cancellationToken).ConfigureAwait(false)).Where(run => !run.Kept)))
        {
            if (!Directory.Exists(run.Folder.Path))
                leftAlone?.Invoke(
                    $"run {run.Id}: its folder {run.Folder.Path} is gone or can't be seen from here; no logs are saved, and secrets in it stay"
                );
            EndProcesses(run.Folder);
            await EndRunAsync(run.Folder, PatienceWithDead, cancellationToken).ConfigureAwait(false);
            await TellRestAsync(run.Folder, cancellationToken).ConfigureAwait(false);
            swept.Add(run.Id);
        }

        return swept;
    }

    /// <summary>Removes everything of every run that has ended, kept stacks too.</summary>
    /// <param name="checkout">Whose runs; null for those of every checkout.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Ids of the runs that were swept.</returns>
    public Task<IReadOnlyList<string>> SweepAllAsync(ProjectRoot? checkout, CancellationToken cancellationToken)
    {
        PortLease.RemoveAbandoned();
        return RemoveAllAsync(checkout, _ => true, cancellationToken);
    }

    /// <summary>Removes the kept stacks of runs that have ended.</summary>
    /// <param name="checkout">Whose runs; null for those of every checkout.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Ids of the runs whose stack was removed.</returns>
    public Task<IReadOnlyList<string>> RemoveKeptAsync(ProjectRoot? checkout, CancellationToken cancellationToken) =>
        RemoveAllAsync(checkout, run => run.Kept, cancellationToken);

    /// <summary>The runs that are not seen to live and whose stack is kept on this engine.</summary>
    public async Task<IReadOnlyList<RunFolder>> KeptAsync(CancellationToken cancellationToken) =>
        [
            .. (await RunsAsync(cancellationToken).ConfigureAwait(false))
                .Where(run => run.Kept && run.Life() != RunLife.Lives)
                .Select(run => run.Folder)
                .Distinct(),
        ];

    /// <summary>Removes a kept stack.</summary>
    public async Task RemoveKeptAsync(RunFolder folder, CancellationToken cancellationToken)
    {
        await RemoveAsync(folder, Path.GetFileName(folder.Path), keptToo: true, cancellationToken).ConfigureAwait(false);
        RemoveFilesOf(folder);
    }

    /// <summary>Ends a run, or one stage of it: saves the logs of its containers, removes all that carries its label until nothing new has
    /// appeared for 2 s
    /// where something might still be in the making, and its secrets. A kept stack stays, with its secrets; one that never came up, and so
    /// has no description, is of use to nobody and goes.</summary>
    public Task EndRunAsync(RunFolder folder, CancellationToken cancellationToken) => EndRunAsync(folder, Patience, cancellationToken);

    private async Task EndRunAsync(RunFolder folder, TimeSpan patience, CancellationToken cancellationToken)
    {
        var run = folder.Id;
        var settle = HeldFile.IsHeld(folder.Lock) ? TimeSpan.Zero : Quiet;
        var started = Stopwatch.StartNew();
        var quiet = Stopwatch.StartNew();
        ExceptionDispatchInfo? refused = null;
        while (started.Elapsed < patience)
        {
            try
            {
                refused = null;
                if (await RemoveStagesAsync(folder, cancellationToken).ConfigureAwait(false) > 0)
                    quiet.Restart();
                else if (quiet.Elapsed >= settle)
                    break;
                else
                    await Task.Delay(Poll, cancellationToken).ConfigureAwait(false);
            }
            catch (DockerApiException e)
            {
                // Tried again as long as there is time, and told if it never worked.
                refused = ExceptionDispatchInfo.Capture(e);
                quiet.Restart();
                await Task.Delay(Poll, cancellationToken).ConfigureAwait(false);
            }
        }

        refused?.Throw();
        if (!(await RunsAsync(cancellationToken).ConfigureAwait(false)).Any(left => left.IsWithin(folder)))
            RemoveFilesOf(folder);
        else
            await SaveLogsAsync(folder, run, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Tells of what the engine does not let go although nothing uses it: the endpoints of containers that have gone, until it is
    /// started anew. Nobody waits for that at each start.</summary>
    private async Task TellRestAsync(RunFolder folder, CancellationToken cancellationToken)
    {
        var networks = await engine
            .Client.Networks.ListNetworksAsync(
                new NetworksListParameters { Filters = LabelFilter($"{RunLabels.Run}={folder.Id}", $"{RunLabels.Kept}=false") },
                cancellationToken
            )
            .ConfigureAwait(false);
        foreach (var network in networks)
            leftAlone?.Invoke(
                $"left: the engine does not let go of the network {network.Name} of the dead run {folder.Id}. It goes when the engine is started anew; until then it does no harm"
            );
    }

    /// <summary>Removes what the stages of a run have in the engine, or what the one stage has that the folder is of; a stack that is kept
    /// stays if it is described.</summary>
    private async Task<int> RemoveStagesAsync(RunFolder folder, CancellationToken cancellationToken)
    {
        var found = 0;
        foreach (var left in (await RunsAsync(cancellationToken).ConfigureAwait(false)).Where(left => left.IsWithin(folder)))
        {
            if (!left.Kept || !File.Exists(folder.Of(left.Stage).Stack))
                found += await RemoveAsync(folder.Of(left.Stage), folder.Id, keptToo: left.Kept, cancellationToken).ConfigureAwait(false);
        }

        return found;
    }

    /// <summary>Removes the files of a run that nobody needs once its stacks are gone: its secrets and its list of processes; of a stage,
    /// only its secrets.</summary>
    internal static void RemoveFiles(RunFolder folder)
    {
        if (Directory.Exists(folder.Secrets))
            Directory.Delete(folder.Secrets, recursive: true);
        if (folder.Stage is null && Directory.Exists(folder.Path))
            RunProcesses.Remove(folder);
    }

    /// <summary>Whether the engine says that a thing is gone, is going, or can't go yet: another sweep may have been faster, or a network
    /// still has an endpoint in the making.</summary>
    internal static bool IsGoing(DockerApiException failure) =>
        failure.StatusCode
            is HttpStatusCode.NotFound
                or HttpStatusCode.Conflict
                // A network with an endpoint in the making is refused with 403.
                or HttpStatusCode.Forbidden;

    private async Task<IReadOnlyList<string>> RemoveAllAsync(
        ProjectRoot? checkout,
        Func<LabelledRun, bool> wanted,
        CancellationToken cancellationToken
    )
    {
        var removed = new List<string>();
        foreach (var run in Ended((await RunsAsync(cancellationToken).ConfigureAwait(false)).Where(wanted)))
        {
            if (checkout is not null && !run.IsOf(checkout))
            {
                leftAlone?.Invoke($"left: run {run.Id} is of the checkout {run.Checkout} on {run.Host}. With --everywhere it goes, too.");
                continue;
            }

            await RemoveAsync(run.Folder, run.Id, keptToo: true, cancellationToken).ConfigureAwait(false);
            RemoveFilesOf(run.Folder);
            removed.Add(run.Id);
        }

        return removed;
    }

    /// <summary>Those of which it is known; the others are told, unless they are seen to live.</summary>
    private List<LabelledRun> Ended(IEnumerable<LabelledRun> runs)
    {
        var ended = new List<LabelledRun>();
        foreach (var run in runs.DistinctBy(run => run.Id))
        {
            switch (run.Life())
            {
                case RunLife.Ended:
                    ended.Add(run);
                    break;
                case RunLife.Unseen:
                    leftAlone?.Invoke(
                        $"left alone: run {run.Id} is of {run.Folder.Path} on {run.Host}, and it can't be seen from here whether it lives. Where it ran, ./verify sweep tells; "
                            + $"if nothing of it is left there: docker rm -fv $(docker ps -aq --filter label={RunLabels.Run}={run.Id})"
                    );
                    break;
            }
        }

        return ended;
    }

    private void EndProcesses(RunFolder folder)
    {
        try
        {
            RunProcesses.EndAll(folder);
        }
        catch (UnauthorizedAccessException)
        {
            leftAlone?.Invoke($"left alone: the processes that run {Path.GetFileName(folder.Path)} has noted are another user's");
        }
    }

    private void RemoveFilesOf(RunFolder folder)
    {
        try
        {
            RemoveFiles(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            leftAlone?.Invoke($"left: the secrets of run {Path.GetFileName(folder.Path)} can't be removed: {e.Message}");
        }
    }

    private async Task<IReadOnlyList<LabelledRun>> RunsAsync(CancellationToken cancellationToken)
    {
        var filters = LabelFilter(RunLabels.Run);
        var containers = await engine
            .Client.Containers.ListContainersAsync(new ContainersListParameters { All = true, Filters = filters }, cancellationToken)
            .ConfigureAwait(false);
        var networks = await engine
            .Client.Networks.ListNetworksAsync(new NetworksListParameters { Filters = filters }, cancellationToken)
            .ConfigureAwait(false);
        var volumes = await engine
            .Client.Volumes.ListAsync(new VolumesListParameters { Filters = filters }, cancellationToken)
            .ConfigureAwait(false);
        return
        [
            .. containers
                .Select(container => container.Labels)
                .Concat(networks.Select(network => network.Labels))
                .Concat((volumes.Volumes ?? []).Select(volume => volume.Labels))
                .Select(LabelledRun.Of)
                .Distinct(),
        ];
    }

    /// <summary>Removes what carries the run's label; gives how many things it found.</summary>
    private async Task<int> RemoveAsync(RunFolder folder, string run, bool keptToo, CancellationToken cancellationToken)
    {
        List<string> labels = [$"{RunLabels.Run}={run}"];
        if (!keptToo)
            labels.Add($"{RunLabels.Kept}=false");
        if (folder.Stage is { } stage)
            labels.Add($"{RunLabels.Stage}={stage}");
        var filters = LabelFilter([.. labels]);
        var containers = await engine
            .Client.Containers.ListContainersAsync(new ContainersListParameters { All = true, Filters = filters }, cancellationToken)
            .ConfigureAwait(false);
        var secrets = SecretMask.Of(folder);
        await Task.WhenAll(containers.Select(container => RemoveContainerAsync(folder, container, secrets, cancellationToken)))
            .ConfigureAwait(false);
        var networks = await engine
            .Client.Networks.ListNetworksAsync(new NetworksListParameters { Filters = filters }, cancellationToken)
            .ConfigureAwait(false);
        foreach (var network in networks)
            await IgnoreGoneAsync(() => engine.Client.Networks.DeleteNetworkAsync(network.ID, cancellationToken)).ConfigureAwait(false);
        var volumes =
            (
                await engine
                    .Client.Volumes.ListAsync(new VolumesListParameters { Filters = filters }, cancellationToken)
                    .ConfigureAwait(false)
            ).Volumes
            ?? [];
        foreach (var volume in volumes)
            await IgnoreGoneAsync(() => engine.Client.Volumes.RemoveAsync(volume.Name, force: true, cancellationToken))
                .ConfigureAwait(false);
        return containers.Count + networks.Count + volumes.Count;
    }

    /// <summary>Saves what the containers of a kept stack have written so far: the run's report shows it.</summary>
    private async Task SaveLogsAsync(RunFolder folder, string run, CancellationToken cancellationToken)
    {
        var containers = await engine
            .Client.Containers.ListContainersAsync(
                new ContainersListParameters { All = true, Filters = LabelFilter($"{RunLabels.Run}={run}") },
                cancellationToken
            )
            .ConfigureAwait(false);
        var secrets = SecretMask.Of(folder);
        await Task.WhenAll(containers.Select(container => SaveLogAsync(folder, container, secrets, cancellationToken)))
            .ConfigureAwait(false);
    }

    private async Task SaveLogAsync(
        RunFolder folder,
        ContainerListResponse container,
        SecretMask secrets,
        CancellationToken cancellationToken
    )
    {
        if (!Directory.Exists(folder.Path) || !container.Labels.TryGetValue(RunLabels.Instance, out var instance))
            return;
        try
        {
            await ContainerLog
                .SaveAsync(engine, container.ID, Path.Combine(LogsOf(folder, container), $"{instance}.log"), secrets, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            leftAlone?.Invoke($"the log of {instance} can't be saved: {e.Message}");
        }
    }

    private static string LogsOf(RunFolder folder, ContainerListResponse container) =>
        folder.Of(container.Labels.TryGetValue(RunLabels.Stage, out var stage) ? stage : folder.Stage).Logs;

    private async Task RemoveContainerAsync(
        RunFolder folder,
        ContainerListResponse container,
        SecretMask secrets,
        CancellationToken cancellationToken
    )
    {
        await SaveLogAsync(folder, container, secrets, cancellationToken).ConfigureAwait(false);
        await IgnoreGoneAsync(() =>
                engine.Client.Containers.RemoveContainerAsync(
                    container.ID,
                    new ContainerRemoveParameters { Force = true, RemoveVolumes = true },
                    cancellationToken
                )
            )
            .ConfigureAwait(false);
    }

    private static async Task IgnoreGoneAsync(Func<Task> removal)
    {
        try
        {
            await removal().ConfigureAwait(false);
        }
        catch (DockerApiException e) when (IsGoing(e))
        {
            // Looked for again in the next round.
        }
    }

    private static Dictionary<string, IDictionary<string, bool>> LabelFilter(params string[] labels) =>
        new() { ["label"] = labels.ToDictionary(label => label, _ => true) };
}
