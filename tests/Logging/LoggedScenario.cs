using System.Security.Cryptography;
using Verification.Stack.Readiness;

namespace Verification.Tests.Logging;

/// <summary>A scenario on a platform whose logs are gathered.</summary>
public abstract class LoggedScenario(PlatformFixture platform) : Scenario(platform)
{
    private static readonly TimeSpan OnNodeDeadline = TimeSpan.FromSeconds(20);
    private CentralLog? log;

    /// <summary>Where the logs are searched.</summary>
    protected CentralLog Log => log ?? throw new InvalidOperationException("The scenario was not initialized.");

    /// <summary>A word that stands in no line yet.</summary>
    protected static string NewWord() => $"w{RandomNumberGenerator.GetHexString(12, lowercase: true)}";

    /// <inheritdoc />
    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        Unmeasured(CentralLog.Missing(Stack));
        log = CentralLog.Of(Stack);
        // What a dead run has left in a stack that outlived it.
        if (Stack.Description.Destructive && await log.Elasticsearch.RefusesAsync(LogStream.Lines, Cancellation))
            await log.Elasticsearch.RefuseAsync(LogStream.Lines, refuses: false, Cancellation);
    }

    /// <inheritdoc />
    public override async ValueTask DisposeAsync()
    {
        log?.Dispose();
        await base.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Waits until lines with a word stand in the files of the node: they come there by the suite, and where they don't, nothing
    /// is measured.</summary>
    /// <param name="word">The word.</param>
    /// <param name="lines">How many lines have it.</param>
    protected async Task AwaitOnNodeAsync(string word, int lines)
    {
        var seen = 0;
        try
        {
            await Eventually.IsTrueAsync(
                $"{lines} lines with {word} stand in the node's files",
                OnNodeDeadline,
                async ct => (seen = await Log.OnNodeAsync(word, ct)) >= lines,
                Cancellation
            );
        }
        catch (StateNotSeenException)
        {
            Unmeasured(
                $"the suite has brought {seen} of {lines} lines into the node's files (logs/…/follow-logs.log says why, where it knows)"
            );
        }
    }

    private void Unmeasured(string? why)
    {
        if (why is null)
            return;
        Record(TestObjectives().Select(objective => Measurement.NotMeasured(objective, why)));
        Unavailable(why);
    }
}
