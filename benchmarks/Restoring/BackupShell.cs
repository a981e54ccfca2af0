using System.Diagnostics;
using Verification.Objectives;
using Verification.Recovery;
using Verification.Stack;

namespace Verification.Benchmarks.Restoring;

/// <summary>A container with the procedures of <c>config/backup/</c>, and a shell in it.</summary>
/// <param name="stack">The stack.</param>
/// <param name="instance">The container.</param>
internal sealed class BackupShell(AttachedStack stack, StackInstance instance)
{
    // What the procedures themselves begin with. A server that it starts ends with it.
    private const string Sourced =
        "set -Eeuo pipefail; SECRETS=/run/secrets/backup WORK=/var/lib/backup/bench; mkdir -p $WORK; source /opt/backup/report; source /opt/backup/donor; source /opt/backup/repositories; source /opt/backup/scratch-server";

    /// <summary>Runs commands.</summary>
    /// <returns>What they wrote on standard output.</returns>
    /// <exception cref="InvalidOperationException">One failed.</exception>
    public async Task<string> RunAsync(string commands, CancellationToken cancellationToken)
    {
        var result = await stack.Control.ExecAsync(instance, ["bash", "-c", $"{Sourced}\n{commands}"], cancellationToken);
        return result.ExitCode == 0
            ? result.Output
            : throw new InvalidOperationException(
                $"a command in {instance.Name} ended with {result.ExitCode}: {Quotation.Of(result.Error.Length > 0 ? result.Error : result.Output)}"
            );
    }

    /// <summary>Runs commands.</summary>
    /// <returns>How long they took, in s, and what a procedure among them told.</returns>
    /// <exception cref="InvalidOperationException">One failed.</exception>
    public async Task<(double Seconds, ProcedureReport Report)> TimeAsync(string commands, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        var output = await RunAsync(commands, cancellationToken);
        return (watch.Elapsed.TotalSeconds, ProcedureReport.Parse(output));
    }
}
