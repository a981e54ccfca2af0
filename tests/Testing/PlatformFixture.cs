using Verification.Chaos.Faults;
using Verification.Stack.Sessions;
using Xunit;

namespace Verification.Testing;

/// <summary>The platform that all tests of an assembly share: attached to, or started once.</summary>
public sealed class PlatformFixture : IAsyncLifetime
{
    private VerificationSession? session;

    /// <summary>The session; a test that cannot have it is skipped with the reason.</summary>
    public VerificationSession Session => session ?? throw new InvalidOperationException("The fixture was not initialized.");

    /// <inheritdoc />
    public async ValueTask InitializeAsync()
    {
        session = await VerificationSession.StartAsync(Tell, TestContext.Current.CancellationToken);
        if (session.Unavailable is not null)
            return;
        // A stack that outlives its runs may hold what a dead one has left.
        foreach (var left in await LeftFaults.HealAsync(session.Stack, session.Runs, TimeProvider.System, TestContext.Current.CancellationToken))
            Tell($"healed what a dead run has left: {left.Name} of {left.Target} ({left.Scenario})");
    }

    private static void Tell(string message) => TestContext.Current.SendDiagnosticMessage(message);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (session is not null)
            await session.DisposeAsync();
    }
}
