using Verification.Chaos.Faults;
using Verification.Cluster.Control;
using Verification.Platform;
using Verification.Stack;
using Verification.Stack.Sessions;
using Xunit;

namespace Verification.Testing;

/// <summary>The platform that all tests of an assembly share: attached to, or started once.</summary>
public sealed class PlatformFixture : IAsyncLifetime
{
    private VerificationSession? session;
    private StartingPoint? startingPoint;
    private PostBudget? budget;

    /// <summary>The session; a test that cannot have it is skipped with the reason.</summary>
    public VerificationSession Session => session ?? throw new InvalidOperationException("The fixture was not initialized.");

    /// <summary>The point that each of its scenarios starts from.</summary>
    public StartingPoint StartingPoint => startingPoint ??= new StartingPoint(Session.RenewAsync);

    /// <summary>What its scenarios may post where the platform may not be changed.</summary>
    public PostBudget Budget => budget ??= new PostBudget(Session.Suite.Folder.Posted);

    /// <inheritdoc />
    public async ValueTask InitializeAsync() =>
        session = await VerificationSession.StartAsync(Tell, HealAsync, [new KubernetesProvider()], TestContext.Current.CancellationToken);

    /// <summary>A stack that outlives its runs may hold what a dead one has left.</summary>
    private static async Task HealAsync(AttachedStack stack, string runs, CancellationToken cancellationToken)
    {
        foreach (var left in await LeftFaults.HealAsync(stack, runs, TimeProvider.System, cancellationToken))
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
