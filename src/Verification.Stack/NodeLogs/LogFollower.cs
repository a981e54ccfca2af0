using System.Diagnostics;
using Docker.DotNet;
using Docker.DotNet.Models;
using Verification.Objectives;
using Verification.Stack.Components.Logging;
using Verification.Stack.Engine;
using Verification.Stack.Leftovers;
using Verification.Stack.Runs;

namespace Verification.Stack.NodeLogs;

/// <summary>Does the kubelet's work for a stack in containers: what each of its containers writes, those added later too, goes into the
/// files of the node. A process of its own, which
/// lives as long as the container with those files: a stack that is kept has one, too.</summary>
public static class LogFollower
{
    internal const string Command = "follow-logs";
    private const string Running = "running";
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);

    // What Fluentd writes, it writes of what it reads.
    private static readonly string[] LeftOut = [LoggingRole.NodeLogs.Name, LoggingRole.Fluentd.Name];

    /// <summary>Starts the process for a stack.</summary>
    /// <param name="stack">Path of its <c>stack.json</c>.</param>
    /// <param name="run">The run that it ends with, if that dies.</param>
    internal static void Start(string stack, RunFolder run)
    {
        var start = OwnSession.Of(DotnetHost.Path, [Path.Combine(AppContext.BaseDirectory, "Verification.Stack.dll"), Command, stack]);
        start.RedirectStandardInput = true;
        // Its own output would keep the starter's terminal or pipe open after the starter's end.
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        using var process = Process.Start(start) ?? throw new InvalidOperationException("The process that follows the logs did not start.");
        RunProcesses.Note(run, process);
    }

    /// <summary>The life of the process.</summary>
    /// <param name="stack">Path of the stack's <c>stack.json</c>.</param>
    internal static async Task<int> FollowAsync(string stack)
    {
        var folder = RunFolder.OfStack(stack);
        using var engine = await DockerEngine.ConnectAsync(CancellationToken.None).ConfigureAwait(false);
        using var end = new CancellationTokenSource();
        var followed = new Dictionary<string, Task>(StringComparer.Ordinal);
        try
        {
            while (true)
            {
                var containers = await ContainersAsync(engine, folder, end.Token).ConfigureAwait(false);
                if (NodeOf(containers) is not { } node)
                    return 0;
                foreach (var container in containers.Where(each => !followed.ContainsKey(each.ID) && !LeftOut.Contains(InstanceOf(each))))
                    followed[container.ID] = new FollowedContainer(engine, container.ID, InstanceOf(container), node.ID).FollowAsync(
                        end.Token
                    );
                if (followed.Values.FirstOrDefault(task => task.IsFaulted) is { } failed)
                    await failed.ConfigureAwait(false);
                await Task.Delay(Poll, end.Token).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is DockerApiException or IOException or HttpRequestException)
        {
            // The end of a stack looks like this, too.
            if (NodeOf(await ContainersAsync(engine, folder, CancellationToken.None).ConfigureAwait(false)) is null)
                return 0;
            await TellAsync(folder, e).ConfigureAwait(false);
            return 1;
        }
        finally
        {
            await end.CancelAsync().ConfigureAwait(false);
        }
    }

    private static ContainerListResponse? NodeOf(IEnumerable<ContainerListResponse> containers) =>
        containers.FirstOrDefault(each => InstanceOf(each) == LoggingRole.NodeLogs.Name && each.State == Running);

    /// <summary>Whoever misses lines finds why.</summary>
    private static async Task TellAsync(RunFolder folder, Exception e)
    {
        if (Directory.Exists(folder.Path))
        {
            Directory.CreateDirectory(folder.Logs);
            await File.WriteAllTextAsync(Path.Combine(folder.Logs, $"{Command}.log"), $"{e}\n").ConfigureAwait(false);
        }
    }

    private static async Task<IList<ContainerListResponse>> ContainersAsync(
        DockerEngine engine,
        RunFolder folder,
        CancellationToken cancellationToken
    )
    {
        var labels = new Dictionary<string, bool>(StringComparer.Ordinal) { [$"{RunLabels.Run}={folder.Id}"] = true };
        if (folder.Stage is { } stage)
            labels[$"{RunLabels.Stage}={stage}"] = true;
        var wanted = new ContainersListParameters
        {
            All = true,
            Filters = new Dictionary<string, IDictionary<string, bool>>(StringComparer.Ordinal) { ["label"] = labels },
        };
        return await engine.Client.Containers.ListContainersAsync(wanted, cancellationToken).ConfigureAwait(false);
    }

    private static string InstanceOf(ContainerListResponse container) =>
        container.Labels.TryGetValue(RunLabels.Instance, out var instance) ? instance : container.ID;
}
