using DotNet.Testcontainers.Configurations;
using DotNet.Testcontainers.Containers;

namespace Verification.Stack.Readiness;

/// <summary>A wait strategy: ready when a real client, from the host, gets an answer.</summary>
/// <param name="state">What is awaited: <c>answers SELECT 1</c>.</param>
/// <param name="ask">One question with its own short time-out; any exception means not yet.</param>
internal sealed class UntilAnswers(string state, Func<IContainer, Task> ask) : IWaitUntil
{
    private bool waived;

    /// <summary>What is awaited.</summary>
    public string State { get; } = state;

    /// <summary>What went wrong the last time it was asked.</summary>
    public string SeenLast { get; private set; } = "it was not asked yet";

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
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            SeenLast = e.Message;
            return false;
        }
    }
}
