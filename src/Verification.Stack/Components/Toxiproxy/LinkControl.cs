using Verification.Stack.Control;

namespace Verification.Stack.Components.Toxiproxy;

/// <summary>The link of the services to a role, and what is done to it.</summary>
public sealed class LinkControl
{
    private readonly AttachedStack stack;
    private readonly StackInstance link;

    private LinkControl(AttachedStack stack, StackInstance link) => (this.stack, this.link) = (stack, link);

    /// <summary>The link to a role; null where the stack has none.</summary>
    public static StackInstance? Find(AttachedStack stack, Role role)
    {
        ArgumentNullException.ThrowIfNull(stack);
        return stack.Description.Instances.FirstOrDefault(instance => instance.Carries == role);
    }

    /// <summary>The control of a link.</summary>
    /// <exception cref="CapabilityMissingException">The instance is none.</exception>
    public static LinkControl Of(AttachedStack stack, StackInstance link)
    {
        ArgumentNullException.ThrowIfNull(link);
        return link.Carries is null
            ? throw new CapabilityMissingException($"slow down {link.Name}, which is no link (topology addition links)")
            : new LinkControl(stack, link);
    }

    /// <summary>Does something to all that goes through it.</summary>
    /// <exception cref="StackProtectedException">The stack may not be changed.</exception>
    /// <exception cref="HttpRequestException">Toxiproxy does not answer, or refuses.</exception>
    public async Task AddAsync(IReadOnlyList<Toxic> toxics, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(toxics);
        stack.RequireDestructive($"slow down {link.Name}");
        var api = await ApiAsync(cancellationToken).ConfigureAwait(false);
        foreach (var proxy in (await api.ToxicsAsync(cancellationToken).ConfigureAwait(false)).Keys)
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
        foreach (var proxy in (await api.ToxicsAsync(cancellationToken).ConfigureAwait(false)).Keys)
        foreach (var toxic in toxics)
            await api.RemoveAsync(proxy, toxic.Name, cancellationToken).ConfigureAwait(false);
        await RequireWithoutAsync(api, toxics.Select(toxic => toxic.Name).Contains, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Undoes whatever was done to it, and sees that it is undone.</summary>
    /// <exception cref="StackProtectedException">The stack may not be changed.</exception>
    /// <exception cref="HttpRequestException">Toxiproxy does not answer, or has something still.</exception>
    public async Task ResetAsync(CancellationToken cancellationToken)
    {
        stack.RequireDestructive($"heal {link.Name}");
        var api = await ApiAsync(cancellationToken).ConfigureAwait(false);
        await api.ResetAsync(cancellationToken).ConfigureAwait(false);
        await RequireWithoutAsync(api, _ => true, cancellationToken).ConfigureAwait(false);
    }

    private async Task RequireWithoutAsync(LinkApi api, Func<string, bool> wanted, CancellationToken cancellationToken)
    {
        var left = (await api.ToxicsAsync(cancellationToken).ConfigureAwait(false)).SelectMany(proxy => proxy.Value).Where(wanted).ToList();
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
