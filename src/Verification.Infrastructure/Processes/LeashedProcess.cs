using System.Diagnostics;
using Verification.Objectives;
using Verification.Stack.Leftovers;

namespace Verification.Infrastructure.Processes;

/// <summary>A program that ends with this process, however that ends: a shell beside it holds the other end of our pipe, and kills it with
/// all that it has started when the pipe closes.</summary>
public sealed class LeashedProcess : IAsyncDisposable
{
    private const string Script = """
        exec 3<&0
        "$@" 3<&- </dev/null &
        child=$!
        (cat <&3; kill -KILL -$$ || kill -KILL $child) >/dev/null 2>&1 &
        leash=$!
        exec 3<&-
        wait $child
        code=$?
        kill $leash
        exit $code
        """;

    private readonly Process process;
    private readonly Task<string> output;
    private readonly Task errors;

    private LeashedProcess(Process process, TextWriter log)
    {
        this.process = process;
        output = CopyAsync(process.StandardOutput, log);
        errors = CopyAsync(process.StandardError, log);
    }

    /// <summary>Whether it has ended.</summary>
    public bool HasEnded => process.HasExited;

    /// <summary>Starts a program, noted as one of a run.</summary>
    /// <param name="run">Folder of the run.</param>
    /// <param name="command">The program and its arguments.</param>
    /// <param name="folder">Where it works.</param>
    /// <param name="environment">The variables to change; null takes one away.</param>
    /// <param name="log">Hears what it says, on both outputs; it must bear two writers at once.</param>
    /// <exception cref="IOException">It did not start.</exception>
    public static LeashedProcess Start(
        RunFolder run,
        IReadOnlyList<string> command,
        string folder,
        IReadOnlyDictionary<string, string?> environment,
        TextWriter log
    )
    {
        ArgumentNullException.ThrowIfNull(environment);
        var start = OwnSession.Of("/bin/sh", ["-c", Script, "leash", .. command]);
        start.WorkingDirectory = folder;
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        foreach (var (name, value) in environment)
        {
            if (value is null)
                start.Environment.Remove(name);
            else
                start.Environment[name] = value;
        }

        var process = Process.Start(start) ?? throw new IOException($"{command[0]} did not start.");
        RunProcesses.Note(run, process);
        return new LeashedProcess(process, log);
    }

    /// <summary>Waits for its end.</summary>
    /// <returns>Its exit code, and what it said on standard output.</returns>
    public async Task<(int ExitCode, string Output)> EndAsync(CancellationToken cancellationToken)
    {
        await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
        await errors.ConfigureAwait(false);
        return (process.ExitCode, await output.ConfigureAwait(false));
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        process.StandardInput.Close();
        await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
        await Task.WhenAll(output, errors).ConfigureAwait(false);
        process.Dispose();
    }

    private static async Task<string> CopyAsync(StreamReader reader, TextWriter log)
    {
        var said = new System.Text.StringBuilder();
        while (await reader.ReadLineAsync().ConfigureAwait(false) is { } line)
        {
            said.Append(line).Append('\n');
            await log.WriteLineAsync(line).ConfigureAwait(false);
        }

        return said.ToString();
    }
}
