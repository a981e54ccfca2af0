using Verification.Chaos.Faults;

namespace Verification.Tests.Observability.Alerting;

/// <summary>Faults that are there at the same time, and heal together.</summary>
internal sealed class InjectedFaults : IAsyncDisposable
{
    private readonly List<InjectedFault> faults = [];

    /// <summary>One more is there.</summary>
    public void Add(InjectedFault fault) => faults.Add(fault);

    /// <summary>Heals all of them, the last one first, though one can't be.</summary>
    public Task HealAsync(CancellationToken cancellationToken) =>
        EachOne.DoAsync(faults.AsEnumerable().Reverse(), fault => fault.HealAsync(cancellationToken));

    /// <inheritdoc />
    public ValueTask DisposeAsync() => new(HealAsync(CancellationToken.None));
}
