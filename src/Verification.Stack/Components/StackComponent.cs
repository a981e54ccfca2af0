using DotNet.Testcontainers.Containers;
using Verification.Stack.Readiness;

namespace Verification.Stack.Components;

/// <summary>A container of the stack with what it must do to be ready.</summary>
/// <param name="Name">Name of the instance.</param>
/// <param name="Role">What it is.</param>
/// <param name="Container">The container, not yet started.</param>
/// <param name="Ready">Its readiness, also its wait strategy.</param>
/// <param name="Ports">Host port of each inside port.</param>
internal sealed record StackComponent(string Name, Role Role, IContainer Container, UntilAnswers Ready, IReadOnlyDictionary<int, int> Ports)
{
    private const int TailLines = 25;
    private static readonly TimeSpan LogDeadline = TimeSpan.FromSeconds(5);

    /// <summary>Starts it and waits until it is ready.</summary>
    /// <exception cref="StartException">It did not become ready.</exception>
    /// <exception cref="InvalidOperationException">Whoever asks whether it is ready is at fault: nothing is known of it.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Container.StartAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception) when (Ready.Fault is { } fault)
        {
            throw new InvalidOperationException(
                $"Whether {Name} {Ready.State} could not be asked ({fault.GetType().Name}): {fault.Message}",
                fault
            );
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            throw new StartException(
                Name,
                Role,
                $"Awaited: {Name} {Ready.State}. Seen last: {Ready.SeenLast}. {FirstLine(e)}",
                await TailAsync().ConfigureAwait(false),
                e
            );
        }
    }

    /// <summary>The instance as <c>stack.json</c> describes it.</summary>
    public StackInstance Describe() =>
        new(
            Name,
            Role,
            Container.Name.TrimStart('/'),
            Ports.ToDictionary(port => $"{port.Key}", port => $"127.0.0.1:{port.Value}"),
            Container.IpAddress
        );

    private static string FirstLine(Exception e) => $"({e.GetType().Name}: {e.Message.Split('\n')[0].Trim()})";

    private async Task<string> TailAsync()
    {
        try
        {
            using var limit = new CancellationTokenSource(LogDeadline);
            var (output, error) = await Container.GetLogsAsync(timestampsEnabled: false, ct: limit.Token).ConfigureAwait(false);
            return string.Join('\n', $"{output}\n{error}".Split('\n', StringSplitOptions.RemoveEmptyEntries).TakeLast(TailLines));
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return $"(the log could not be read: {e.Message})";
        }
    }
}
