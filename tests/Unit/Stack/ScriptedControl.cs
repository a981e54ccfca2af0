using System.Net;
using Verification.Stack;
using Verification.Stack.Control;

namespace Verification.Tests.Unit.Stack;

/// <summary>A control over instances of which only the addresses are known, as another provider than Docker might have it.</summary>
internal sealed class ScriptedControl : IStackControl, IStackProvider
{
    public StackProvider Kind => StackProvider.Kubernetes;

    /// <summary>Address inside of each instance that runs.</summary>
    public Dictionary<string, IPAddress> Inside { get; } = [];

    /// <summary>Where a port of an instance is reached; null for a name that is that of the instance.</summary>
    public Func<StackInstance, int, EndPoint>? Endpoint { get; init; }

    public bool IsReleased { get; private set; }

    public Task<IStackControl> AttachAsync(StackDescription description, CancellationToken cancellationToken) =>
        Task.FromResult<IStackControl>(this);

    public Task<IReadOnlyList<string>> DifferencesAsync(StackDescription description, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<string>>([]);

    public Task<EndPoint> EndpointAsync(StackInstance instance, int port, CancellationToken cancellationToken) =>
        Task.FromResult(Endpoint?.Invoke(instance, port) ?? new DnsEndPoint(instance.Name, port));

    public Task<IReadOnlyDictionary<string, IPAddress>> InsideAsync(
        IReadOnlyList<StackInstance> instances,
        CancellationToken cancellationToken
    ) =>
        Inside.Count > 0
            ? Task.FromResult<IReadOnlyDictionary<string, IPAddress>>(new Dictionary<string, IPAddress>(Inside))
            : throw new IOException("nobody tells");

    public Task KillAsync(StackInstance instance, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<long> StopAsync(StackInstance instance, TimeSpan patience, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task StartAsync(StackInstance instance, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<CommandResult> ExecAsync(StackInstance instance, IReadOnlyList<string> command, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<string> LogAsync(StackInstance instance, int? tail, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<InstanceState> StateAsync(StackInstance instance, CancellationToken cancellationToken) =>
        Task.FromResult(new InstanceState(Running: true, Paused: false, 0, null));

    public ValueTask DisposeAsync()
    {
        IsReleased = true;
        return ValueTask.CompletedTask;
    }
}
