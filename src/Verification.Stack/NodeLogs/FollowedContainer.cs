using System.Buffers;
using System.Globalization;
using Docker.DotNet;
using Docker.DotNet.Models;
using Verification.Stack.Engine;
using Verification.Stack.Leftovers;

namespace Verification.Stack.NodeLogs;

/// <summary>Writes what one container writes, from its first line on and over its restarts, into its file on the node.</summary>
/// <param name="engine">The engine.</param>
/// <param name="container">Id of the container.</param>
/// <param name="instance">Name of the instance.</param>
/// <param name="node">Id of the container that has the files.</param>
internal sealed class FollowedContainer(DockerEngine engine, string container, string instance, string node)
{
    private const int Chunk = 64 * 1024;
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(250);
    private readonly KubeletLines output = new("stdout");
    private readonly KubeletLines error = new("stderr");

    /// <summary>Follows it until it is removed.</summary>
    /// <exception cref="DockerApiException">The node is gone.</exception>
    /// <exception cref="IOException">The node takes no more.</exception>
    public async Task FollowAsync(CancellationToken cancellationToken)
    {
        using var file = await OpenFileAsync(cancellationToken).ConfigureAwait(false);
        while (true)
        {
            try
            {
                await CopyAsync(file, cancellationToken).ConfigureAwait(false);
            }
            catch (DockerApiException e) when (Sweeper.IsGoing(e))
            {
                return;
            }

            // It has ended; what it writes when it is started again comes behind what was read.
            await Task.Delay(Poll, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<MultiplexedStream> OpenFileAsync(CancellationToken cancellationToken)
    {
        var parameters = new ContainerExecCreateParameters
        {
            Cmd = ["sh", "-c", "exec cat >>\"$0\"", KubeletFile.Of(instance, container)],
            AttachStdin = true,
        };
        var exec = await engine.Client.Exec.CreateContainerExecAsync(node, parameters, cancellationToken).ConfigureAwait(false);
        return await engine
            .Client.Exec.StartContainerExecAsync(exec.ID, new ContainerExecStartParameters(), cancellationToken)
            .ConfigureAwait(false);
    }

    private async Task CopyAsync(MultiplexedStream file, CancellationToken cancellationToken)
    {
        var parameters = new ContainerLogsParameters
        {
            ShowStdout = true,
            ShowStderr = true,
            Timestamps = true,
            Follow = true,
            Since = Since(),
        };
        using var log = await engine
            .Client.Containers.GetContainerLogsAsync(container, parameters, cancellationToken)
            .ConfigureAwait(false);
        output.Reopen();
        error.Reopen();
        var read = new byte[Chunk];
        var written = new ArrayBufferWriter<byte>(Chunk);
        while (await log.ReadOutputAsync(read, 0, read.Length, cancellationToken).ConfigureAwait(false) is { EOF: false } result)
        {
            (result.Target == MultiplexedStream.TargetStream.StandardError ? error : output).Take(read.AsSpan(0, result.Count), written);
            if (written.WrittenCount == 0)
                continue;
            await file.WriteAsync(written.WrittenMemory.ToArray(), 0, written.WrittenCount, cancellationToken).ConfigureAwait(false);
            written.ResetWrittenCount();
        }
    }

    /// <summary>From where to read on, as seconds since 1970 with nanoseconds: the older of what both streams have come to; null for
    /// all.</summary>
    private string? Since() =>
        new[] { output.LastTime, error.LastTime }.OfType<string>().Min(StringComparer.Ordinal) is { } last
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"{DateTimeOffset.Parse(last, CultureInfo.InvariantCulture).ToUnixTimeSeconds()}.{last[20..29]}"
            )
            : null;
}
