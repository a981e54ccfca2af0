using Verification.Stack.Components.Exporters;
using Verification.Stack.Components.Watching;
using Verification.Stack.Control;

namespace Verification.Tests.Observability;

/// <summary>A file of metrics in the folder of the node exporter, as a job lays one there; it is taken out when disposed: what it tells
/// would stand beside what others tell later.</summary>
internal sealed class LaidMetrics : IAsyncDisposable
{
    private const string File = $"{NodeTextFiles.Folder}/metrics.prom";
    private readonly AttachedStack stack;

    private LaidMetrics(AttachedStack stack) => this.stack = stack;

    /// <summary>Lays it there as a whole: nobody reads half of it.</summary>
    /// <param name="stack">The stack.</param>
    /// <param name="metrics">Metrics in Prometheus' text format 0.0.4.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="InvalidOperationException">It can't be laid there.</exception>
    public static async Task<LaidMetrics> LayAsync(AttachedStack stack, string metrics, CancellationToken cancellationToken)
    {
        var ended = await ExecAsync(
            stack,
            ["sh", "-c", $"printf %s \"$1\" >{File}.new && mv {File}.new {File}", "sh", metrics],
            cancellationToken
        );
        return ended.ExitCode == 0
            ? new LaidMetrics(stack)
            : throw new InvalidOperationException($"{File} could not be written: {ended.Error.Trim()}");
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync() => await ExecAsync(stack, ["rm", "-f", File], CancellationToken.None);

    private static Task<CommandResult> ExecAsync(AttachedStack stack, IReadOnlyList<string> command, CancellationToken cancellationToken) =>
        stack.Control.ExecAsync(stack.Instance(WatchingRole.NodeExporter), command, cancellationToken);
}
