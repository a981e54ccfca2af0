using System.Globalization;
using Docker.DotNet;
using Docker.DotNet.Models;
using Verification.Stack.Engine;

namespace Verification.Stack.Leftovers;

/// <summary>What a container has written, each line with its time (RFC 3339).</summary>
public static class ContainerLog
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(5);

    /// <summary>Saves the whole log to a file, without the run's secrets. Errors of the engine are written into the file, unless a log
    /// was saved before: a missing log never hides a verdict.</summary>
    public static async Task SaveAsync(
        DockerEngine engine,
        string container,
        string file,
        SecretMask secrets,
        CancellationToken cancellationToken
    )
    {
        string text;
        try
        {
            text = await ReadAsync(engine, container, tail: null, timestamps: true, cancellationToken)
                .WaitAsync(Deadline, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (Exception e) when (e is DockerApiException or TimeoutException or IOException)
        {
            if (File.Exists(file))
                return;
            text = $"(the log could not be read: {e.Message})";
        }

        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllTextAsync(file, secrets.Clean(text), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads the log, both streams in order.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="container">Id of the container.</param>
    /// <param name="tail">How many of the last lines; null for all.</param>
    /// <param name="timestamps">Whether each line starts with its time.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    public static async Task<string> ReadAsync(
        DockerEngine engine,
        string container,
        int? tail,
        bool timestamps,
        CancellationToken cancellationToken
    )
    {
        var parameters = new ContainerLogsParameters
        {
            ShowStdout = true,
            ShowStderr = true,
            Timestamps = timestamps,
            Tail = tail?.ToString(CultureInfo.InvariantCulture) ?? "all",
        };
        using var stream = await engine
            .Client.Containers.GetContainerLogsAsync(container, parameters, cancellationToken)
            .ConfigureAwait(false);
        using var text = new MemoryStream();
        await stream.CopyOutputToAsync(Stream.Null, text, text, cancellationToken).ConfigureAwait(false);
        return System.Text.Encoding.UTF8.GetString(text.ToArray());
    }
}
