using Verification.Chaos.Faults;
using Verification.Stack.Components.Exporters;
using Verification.Stack.Control;

namespace Verification.Tests.Observability.Alerting;

/// <summary>The folder of the node exporter is nearly full, which is a file system of its own: that of a machine nobody fills for a
/// test.</summary>
internal sealed class FullFolderFault(IStackControl control, StackInstance exporter) : IFault
{
    private const string Filler = $"{NodeTextFiles.Folder}/filler";

    // A sixteenth of it is left.
    private const int Bytes = NodeTextFiles.Size * 1024 * 1024 / 16 * 15;

    /// <inheritdoc />
    public string Name => "folder-full";

    /// <inheritdoc />
    public string Target => exporter.Name;

    /// <inheritdoc />
    public Task ApplyAsync(CancellationToken cancellationToken) =>
        RunAsync(["sh", "-c", $"head -c {Bytes} /dev/zero >{Filler}"], cancellationToken);

    /// <inheritdoc />
    public async Task<string?> EffectAsync(CancellationToken cancellationToken) =>
        (await RunAsync(["sh", "-c", $"wc -c <{Filler} || true"], cancellationToken)).Output.Trim() == $"{Bytes}"
            ? $"{Bytes} bytes of {NodeTextFiles.Folder} are taken"
            : null;

    /// <inheritdoc />
    public Task HealAsync(CancellationToken cancellationToken) => RunAsync(["rm", "-f", Filler], cancellationToken);

    private Task<CommandResult> RunAsync(IReadOnlyList<string> command, CancellationToken cancellationToken) =>
        control.ExecAsync(exporter, command, cancellationToken);
}
