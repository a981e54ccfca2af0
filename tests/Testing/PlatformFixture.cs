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
    public async ValueTask InitializeAsync() =>
        session = await VerificationSession.StartAsync(message => TestContext.Current.SendDiagnosticMessage(message), TestContext.Current.CancellationToken);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (session is not null)
            await session.DisposeAsync();
    }
}
