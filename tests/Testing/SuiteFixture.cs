using Verification.Stack.Sessions;
using Xunit;

namespace Verification.Testing;

/// <summary>The run of an assembly that looks at no platform in containers.</summary>
public sealed class SuiteFixture : IAsyncLifetime
{
    private SuiteSession? session;

    /// <summary>The session.</summary>
    public SuiteSession Session => session ?? throw new InvalidOperationException("The fixture was not initialized.");

    /// <inheritdoc />
    public ValueTask InitializeAsync()
    {
        session = SuiteSession.JoinOrStart();
        return ValueTask.CompletedTask;
    }

    /// <summary>From here on the process measures, alone on this machine.</summary>
    public Task MeasureAloneAsync(CancellationToken cancellationToken) =>
        Session.MeasureAloneAsync(message => TestContext.Current.SendDiagnosticMessage(message), cancellationToken);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (session is not null)
            await session.DisposeAsync();
    }
}
