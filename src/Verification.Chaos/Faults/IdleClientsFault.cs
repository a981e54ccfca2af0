using System.Net.Sockets;
using Verification.Stack;

namespace Verification.Chaos.Faults;

/// <summary>Many clients are connected to a service and say nothing, or half a request.</summary>
public sealed class IdleClientsFault : IFault
{
    private readonly StackInstance service;
    private readonly int count;
    private readonly List<TcpClient> clients = [];

    /// <summary>Makes the fault.</summary>
    /// <param name="service">The service.</param>
    /// <param name="count">How many clients.</param>
    public IdleClientsFault(StackInstance service, int count) => (this.service, this.count) = (service, count);

    /// <inheritdoc />
    public string Name => "idle-clients";

    /// <inheritdoc />
    public string Target => service.Name;

    /// <inheritdoc />
    public async Task ApplyAsync(CancellationToken cancellationToken)
    {
        var address = AttachedStack.Address(service);
        while (clients.Count < count)
        {
            var client = new TcpClient();
            clients.Add(client);
            await client.ConnectAsync(address.Host, address.Port, cancellationToken).ConfigureAwait(false);
            // Half of them have begun to say something.
            if (clients.Count % 2 == 0)
                await client.GetStream().WriteAsync("GET /buffs HT"u8.ToArray(), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc />
    public Task<string?> EffectAsync(CancellationToken cancellationToken) =>
        Task.FromResult<string?>(
            clients.Count(client => client.Connected) is var connected && connected == count ? $"{connected} clients are connected" : null
        );

    /// <inheritdoc />
    public Task HealAsync(CancellationToken cancellationToken)
    {
        clients.ForEach(client => client.Dispose());
        clients.Clear();
        return Task.CompletedTask;
    }
}
