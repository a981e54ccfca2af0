using Verification.Stack;
using Verification.Stack.Components.Toxiproxy;

namespace Verification.Chaos.Faults;

/// <summary>Something happens to all that goes through the link of the services to a role, or to one node of Redis, connections that stand
/// included. Nobody else reaches the role by that link, but for replicas of Redis their masters.</summary>
public abstract class LinkFault : IFault
{
    private readonly AttachedStack stack;
    private readonly StackInstance link;
    private readonly StackInstance? to;

    private protected LinkFault(AttachedStack stack, StackInstance link, StackInstance? to) =>
        (this.stack, this.link, this.to) = (stack, link, to);

    /// <inheritdoc />
    public abstract string Name { get; }

    /// <inheritdoc />
    public string Target => (to ?? link).Name;

    /// <summary>What it does.</summary>
    private protected abstract IReadOnlyList<Toxic> Toxics { get; }

    /// <summary>The way that it is done to, in words.</summary>
    private protected string Way => to is null ? link.Name : $"{link.Name} to {to.Name}";

    private LinkControl Control => LinkControl.Of(stack, link, to);

    /// <inheritdoc />
    public Task ApplyAsync(CancellationToken cancellationToken) => Control.AddAsync(Toxics, cancellationToken);

    /// <inheritdoc />
    public async Task<string?> EffectAsync(CancellationToken cancellationToken) =>
        EffectOf(await new LinkProbe(stack, link, to).AskAsync(cancellationToken).ConfigureAwait(false));

    /// <inheritdoc />
    public Task HealAsync(CancellationToken cancellationToken) => Control.RemoveAsync(Toxics, cancellationToken);

    /// <summary>By what its effect is known in what became of questions, one by each way that it is done to; null where one of them shows
    /// none.</summary>
    private protected abstract string? EffectOf(IReadOnlyList<LinkAnswer> answers);
}
