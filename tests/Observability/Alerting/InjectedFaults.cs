using Verification.Chaos.Faults;

namespace Verification.Tests.Observability.Alerting;

/// <summary>Faults that are there at the same time, and heal together.</summary>
internal sealed class InjectedFaults : IAsyncDisposable
{
    private readonly List<InjectedFault> faults = [];

    /// <summary>One more is there.</summary>
    public void Add(InjectedFault fault) => faults.Add(fault);

    /// <summary>Heals all of them, the last one first.</summary>
    public async Task HealAsync(CancellationToken cancellationToken)
    {
        foreach (var fault in faults.AsEnumerable().Reverse())
            await fault.HealAsync(cancellationToken);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        foreach (var fault in faults.AsEnumerable().Reverse())
            await fault.DisposeAsync();
    }
}
