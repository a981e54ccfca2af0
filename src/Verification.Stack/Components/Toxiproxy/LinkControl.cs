using Verification.Stack.Control;

namespace Verification.Stack.Components.Toxiproxy;

/// <summary>The link of the services to a role, or its way to one instance of it, and what is done to it.</summary>
public sealed class LinkControl
{
    private readonly AttachedStack stack;
    private readonly StackInstance link;
    private readonly StackInstance? to;

    private LinkControl(AttachedStack stack, StackInstance link, StackInstance? to) => (this.stack, this.link, this.to) = (stack, link, to);

    /// <summary>The link to a role; null where the stack has none.</summary>
    public static StackInstance? Find(AttachedStack stack, Role role)
    {
        ArgumentNullException.ThrowIfNull(stack);
        return stack.Description.Instances.FirstOrDefault(instance => instance.Carries == role);
    }

    /// <summary>The control of a link.</summary>
    /// <param name="stack">The stack.</param>
    /// <param name="link">The link.</param>
    /// <param name="to">The node of Redis to which alone it is meant; null for all that it leads to.</param>
    /// <exception cref="CapabilityMissingException">The instance is no link, or has no way of its own to that other.</exception>
    public static LinkControl Of(AttachedStack stack, StackInstance link, StackInstance? to = null)
    {
        ArgumentNullException.ThrowIfNull(link);
        if (link.Carries is not { } role)
            throw new CapabilityMissingException($"slow down {link.Name}, which is no link (topology addition links)");
        return to is null || (role == InstanceRole.Redis && to.Role == role)
            ? new LinkControl(stack, link, to)
            : throw new CapabilityMissingException($"slow down {link.Name} to {to.Name} alone, to which it has no way of its own");
    }

    /// <summary>Does something to all that goes through it.</summary>
    /// <exception cref="StackProtectedException">The stack may not be changed.</exception>
    /// <exception cref="HttpRequestException">Toxiproxy does not answer, or refuses.</exception>
    public async Task AddAsync(IReadOnlyList<Toxic> toxics, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(toxics);
        stack.RequireDestructive($"slow down {link.Name}");
        var api = await ApiAsync(cancellationToken).ConfigureAwait(false);
        foreach (var proxy in Meant(await api.ToxicsAsync(cancellationToken).ConfigureAwait(false)).Keys)
        foreach (var toxic in toxics)
            await api.AddAsync(proxy, toxic, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Undoes it, and sees that it is undone.</summary>
    /// <exception cref="StackProtectedException">The stack may not be changed.</exception>
    /// <exception cref="HttpRequestException">Toxiproxy does not answer, or refuses, or has it still.</exception>
    public async Task RemoveAsync(IReadOnlyList<Toxic> toxics, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(toxics);
        stack.RequireDestructive($"heal {link.Name}");
        var api = await ApiAsync(cancellationToken).ConfigureAwait(false);
        foreach (var proxy in Meant(await api.ToxicsAsync(cancellationToken).ConfigureAwait(false)).Keys)
        foreach (var toxic in toxics)
            await api.RemoveAsync(proxy, toxic.Name, cancellationToken).ConfigureAwait(false);
        var left = Meant(await api.ToxicsAsync(cancellationToken).ConfigureAwait(false));
        RequireNone(left.SelectMany(proxy => proxy.Value).Intersect(toxics.Select(toxic => toxic.Name)));
    }

    /// <summary>Undoes whatever was done to it, wherever it leads, and sees that it is undone.</summary>
    /// <exception cref="StackProtectedException">The stack may not be changed.</exception>
    /// <exception cref="HttpRequestException">Toxiproxy does not answer, or has something still.</exception>
    public async Task ResetAsync(CancellationToken cancellationToken)
    {
        stack.RequireDestructive($"heal {link.Name}");
        var api = await ApiAsync(cancellationToken).ConfigureAwait(false);
        await api.ResetAsync(cancellationToken).ConfigureAwait(false);
        RequireNone((await api.ToxicsAsync(cancellationToken).ConfigureAwait(false)).SelectMany(proxy => proxy.Value));
    }

    /// <summary>Its ways that something is done to. The bus of a cluster is none: who is late there is taken for dead.</summary>
    private IReadOnlyDictionary<string, IReadOnlyList<string>> Meant(IReadOnlyDictionary<string, IReadOnlyList<string>> proxies)
    {
        if (link.Carries != InstanceRole.Redis)
            return proxies;
        IEnumerable<StackInstance> nodes = to is null ? stack.Instances(InstanceRole.Redis) : [to];
        return nodes.ToDictionary(node => node.Name, node => proxies[node.Name], StringComparer.Ordinal);
    }

    private void RequireNone(IEnumerable<string> toxics)
    {
        var left = toxics.ToList();
        if (left.Count > 0)
            throw new HttpRequestException($"{link.Name} still has {string.Join(", ", left)}.");
    }

    private async Task<LinkApi> ApiAsync(CancellationToken cancellationToken)
    {
        var (host, port) = (
            await stack.Control.EndpointAsync(link, ToxiproxyComponent.ApiPort, cancellationToken).ConfigureAwait(false)
        ).HostAndPort();
        return new LinkApi(new UriBuilder("http", host, port).Uri);
    }
}
