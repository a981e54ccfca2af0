using System.Diagnostics;
using Docker.DotNet;
using Docker.DotNet.Models;
using Verification.Objectives;
using Verification.Stack.Engine;
using Verification.Stack.Runs;

namespace Verification.Stack.Leftovers;

/// <summary>Removes what runs have left in the engine, found by their labels alone.</summary>
/// <param name="engine">The engine.</param>
public sealed class Sweeper(DockerEngine engine)
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(250);

    /// <summary>Removes what dead runs of this machine have left; stacks that are kept stay.</summary>
    /// <returns>Ids of the runs that were swept.</returns>
    public async Task<IReadOnlyList<string>> SweepDeadRunsAsync(CancellationToken cancellationToken)
    {
        RemoveAbandonedPortLocks();
        var dead = (await OwnersAsync(cancellationToken).ConfigureAwait(false))
            .Where(owner => !owner.Kept && owner.Host == RunLabels.ThisHost && !HeldFile.IsHeld(new RunFolder(owner.Folder).Lock))
            .Select(owner => new RunFolder(owner.Folder))
            .Distinct()
            .ToList();
        foreach (var folder in dead)
        {
            RunProcesses.EndAll(folder);
            await EndRunAsync(folder, cancellationToken).ConfigureAwait(false);
        }

        return [.. dead.Select(folder => Path.GetFileName(folder.Path))];
    }

    /// <summary>Removes everything of every run of this machine that does not live, kept stacks too.</summary>
    /// <returns>Ids of the runs that were swept.</returns>
    public async Task<IReadOnlyList<string>> SweepAllAsync(CancellationToken cancellationToken)
    {
        RemoveAbandonedPortLocks();
        var swept = new List<string>();
        foreach (var owner in await OwnersAsync(cancellationToken).ConfigureAwait(false))
        {
            if (owner.Host == RunLabels.ThisHost && HeldFile.IsHeld(new RunFolder(owner.Folder).Lock))
                continue;
            await RemoveAsync(new RunFolder(owner.Folder), owner.Run, keptToo: true, cancellationToken).ConfigureAwait(false);
            RemoveFiles(new RunFolder(owner.Folder));
            swept.Add(owner.Run);
        }

        return swept;
    }

    /// <summary>The ended runs whose stack is kept on this engine.</summary>
    public async Task<IReadOnlyList<RunFolder>> KeptAsync(CancellationToken cancellationToken) =>
        [.. (await OwnersAsync(cancellationToken).ConfigureAwait(false))
            .Where(owner => owner.Kept && !(owner.Host == RunLabels.ThisHost && HeldFile.IsHeld(new RunFolder(owner.Folder).Lock)))
            .Select(owner => new RunFolder(owner.Folder)).Distinct()];

    /// <summary>Removes a kept stack.</summary>
    public async Task RemoveKeptAsync(RunFolder folder, CancellationToken cancellationToken)
    {
        await RemoveAsync(folder, Path.GetFileName(folder.Path), keptToo: true, cancellationToken).ConfigureAwait(false);
        RemoveFiles(folder);
    }

    /// <summary>Ends a run: saves the logs of its containers, removes all that carries its label until nothing new has appeared for 2 s
    /// where something might still be in the making, and its secrets. A kept stack stays, with its secrets; one that never came up, and so has no description, is of use to nobody and goes.</summary>
    public async Task EndRunAsync(RunFolder folder, CancellationToken cancellationToken)
    {
        var run = Path.GetFileName(folder.Path);
        var keptToo = !File.Exists(folder.Stack);
        var settle = HeldFile.IsHeld(folder.Lock) ? TimeSpan.Zero : Quiet;
        var started = Stopwatch.StartNew();
        var quiet = Stopwatch.StartNew();
        while (started.Elapsed < Patience)
        {
            if (await RemoveAsync(folder, run, keptToo, cancellationToken).ConfigureAwait(false) > 0)
                quiet.Restart();
            else if (quiet.Elapsed >= settle)
                break;
            else
                await Task.Delay(Poll, cancellationToken).ConfigureAwait(false);
        }

        if ((await OwnersAsync(cancellationToken).ConfigureAwait(false)).All(owner => owner.Run != run))
            RemoveFiles(folder);
        else
            await SaveLogsAsync(folder, run, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Removes the files of a run that nobody needs once its stack is gone: its secrets and its list of processes.</summary>
    internal static void RemoveFiles(RunFolder folder)
    {
        if (Directory.Exists(folder.Secrets))
            Directory.Delete(folder.Secrets, recursive: true);
        File.Delete(Path.Combine(folder.Path, "processes"));
    }

    private static void RemoveAbandonedPortLocks()
    {
        if (!Directory.Exists(PortLease.Folder))
            return;
        foreach (var file in Directory.EnumerateFiles(PortLease.Folder))
        {
            using var abandoned = HeldFile.TryTake(file, deleteOnRelease: true);
        }
    }

    private async Task<IReadOnlyList<Owner>> OwnersAsync(CancellationToken cancellationToken)
    {
        var filters = LabelFilter(RunLabels.Run);
        var containers = await engine.Client.Containers.ListContainersAsync(new ContainersListParameters { All = true, Filters = filters }, cancellationToken).ConfigureAwait(false);
        var networks = await engine.Client.Networks.ListNetworksAsync(new NetworksListParameters { Filters = filters }, cancellationToken).ConfigureAwait(false);
        var volumes = await engine.Client.Volumes.ListAsync(new VolumesListParameters { Filters = filters }, cancellationToken).ConfigureAwait(false);
        return
        [
            .. containers.Select(container => container.Labels)
                .Concat(networks.Select(network => network.Labels))
                .Concat((volumes.Volumes ?? []).Select(volume => volume.Labels))
                .Select(Owner.Of)
                .Distinct(),
        ];
    }

    /// <summary>Removes what carries the run's label; gives how many things it found.</summary>
    private async Task<int> RemoveAsync(RunFolder folder, string run, bool keptToo, CancellationToken cancellationToken)
    {
        string[] labels = keptToo ? [$"{RunLabels.Run}={run}"] : [$"{RunLabels.Run}={run}", $"{RunLabels.Kept}=false"];
        var filters = LabelFilter(labels);
        var containers = await engine.Client.Containers.ListContainersAsync(new ContainersListParameters { All = true, Filters = filters }, cancellationToken).ConfigureAwait(false);
        var secrets = SecretMask.Of(folder);
        await Task.WhenAll(containers.Select(container => RemoveContainerAsync(folder, container, secrets, cancellationToken))).ConfigureAwait(false);
        var networks = await engine.Client.Networks.ListNetworksAsync(new NetworksListParameters { Filters = filters }, cancellationToken).ConfigureAwait(false);
        foreach (var network in networks)
            await IgnoreGoneAsync(() => engine.Client.Networks.DeleteNetworkAsync(network.ID, cancellationToken)).ConfigureAwait(false);
        var volumes = (await engine.Client.Volumes.ListAsync(new VolumesListParameters { Filters = filters }, cancellationToken).ConfigureAwait(false)).Volumes ?? [];
        foreach (var volume in volumes)
            await IgnoreGoneAsync(() => engine.Client.Volumes.RemoveAsync(volume.Name, force: true, cancellationToken)).ConfigureAwait(false);
        return containers.Count + networks.Count + volumes.Count;
    }

    /// <summary>Saves what the containers of a kept stack have written so far: the run's report shows it.</summary>
    private async Task SaveLogsAsync(RunFolder folder, string run, CancellationToken cancellationToken)
    {
        var containers = await engine.Client.Containers.ListContainersAsync(
            new ContainersListParameters { All = true, Filters = LabelFilter($"{RunLabels.Run}={run}") }, cancellationToken).ConfigureAwait(false);
        var secrets = SecretMask.Of(folder);
        await Task.WhenAll(containers.Select(container => SaveLogAsync(folder, container, secrets, cancellationToken))).ConfigureAwait(false);
    }

    private async Task SaveLogAsync(RunFolder folder, ContainerListResponse container, SecretMask secrets, CancellationToken cancellationToken)
    {
        if (Directory.Exists(folder.Path) && container.Labels.TryGetValue(RunLabels.Instance, out var instance))
            await ContainerLog.SaveAsync(engine, container.ID, Path.Combine(folder.Logs, $"{instance}.log"), secrets, cancellationToken).ConfigureAwait(false);
    }

    private async Task RemoveContainerAsync(RunFolder folder, ContainerListResponse container, SecretMask secrets, CancellationToken cancellationToken)
    {
        await SaveLogAsync(folder, container, secrets, cancellationToken).ConfigureAwait(false);
        await IgnoreGoneAsync(() => engine.Client.Containers.RemoveContainerAsync(
            container.ID,
            new ContainerRemoveParameters { Force = true, RemoveVolumes = true },
            cancellationToken)).ConfigureAwait(false);
    }

    /// <summary>Another sweep may have been faster, or a network still has an endpoint in the making: the next round sees to it.</summary>
    private static async Task IgnoreGoneAsync(Func<Task> removal)
    {
        try
        {
            await removal().ConfigureAwait(false);
        }
        catch (DockerApiException)
        {
            // Looked for again in the next round.
        }
    }

    private static Dictionary<string, IDictionary<string, bool>> LabelFilter(params string[] labels) =>
        new() { ["label"] = labels.ToDictionary(label => label, _ => true) };

    private sealed record Owner(string Run, string Folder, string Host, bool Kept)
    {
        public static Owner Of(IDictionary<string, string> labels) => new(
            labels[RunLabels.Run],
            labels.TryGetValue(RunLabels.Folder, out var folder) ? folder : string.Empty,
            labels.TryGetValue(RunLabels.Host, out var host) ? host : string.Empty,
            labels.TryGetValue(RunLabels.Kept, out var kept) && kept == "true");
    }
}
