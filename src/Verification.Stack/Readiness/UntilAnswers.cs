using DotNet.Testcontainers.Configurations;
using DotNet.Testcontainers.Containers;

namespace Verification.Stack.Readiness;

/// <summary>A wait strategy: ready when a real client, from the host, gets an answer.</summary>
/// <param name="state">What is awaited: <c>answers SELECT 1</c>.</param>
/// <param name="ask">One question with its own short time-out. A failure of the connection, or no answer in that time, means not yet; any
/// other failure is a fault of whoever asks.</param>
internal sealed class UntilAnswers(string state, Func<IContainer, Task> ask) : IWaitUntil
{
    private bool waived;

    /// <summary>What is awaited.</summary>
    public string State { get; } = state;

    /// <summary>What went wrong the last time it was asked.</summary>
    public string SeenLast { get; private set; } = "it was not asked yet";

    /// <summary>What made the question itself fail; null where it was asked properly.</summary>
    public Exception? Fault { get; private set; }

    /// <summary>Nobody waits: it counts as ready.</summary>
    public void Waive() => waived = true;

    /// <inheritdoc />
    public async Task<bool> UntilAsync(IContainer container)
    {
        if (waived)
            return true;
        try
        {
            await ask(container).ConfigureAwait(false);
            return true;
        }
        catch (Exception e) when (Patience.IsOfTheConnection(e) || e is OperationCanceledException)
        {
            SeenLast = e.Message;
            return false;
        }
        catch (Exception e)
        {
            Fault = e;
            throw;
        }
    }
}
