using Verification.Stack;
using Verification.Stack.Components.Toxiproxy;

namespace Verification.Chaos.Faults;

/// <summary>Something happens to all that goes through the link of the services to a role, connections that stand included. Nobody else
/// reaches the role by that link.</summary>
public abstract class LinkFault : IFault
{
    private readonly AttachedStack stack;
    private readonly StackInstance link;

    private protected LinkFault(AttachedStack stack, StackInstance link) => (this.stack, this.link) = (stack, link);

    /// <inheritdoc />
    public abstract string Name { get; }

    /// <inheritdoc />
    public string Target => link.Name;

    /// <summary>What it does.</summary>
    private protected abstract IReadOnlyList<Toxic> Toxics { get; }

    private LinkControl Control => LinkControl.Of(stack, link);

    /// <inheritdoc />
    public Task ApplyAsync(CancellationToken cancellationToken) => Control.AddAsync(Toxics, cancellationToken);

    /// <inheritdoc />
    public async Task<string?> EffectAsync(CancellationToken cancellationToken) =>
        EffectOf(await new LinkProbe(stack, link).AskAsync(cancellationToken).ConfigureAwait(false));

    /// <inheritdoc />
    public Task HealAsync(CancellationToken cancellationToken) => Control.RemoveAsync(Toxics, cancellationToken);

    /// <summary>By what its effect is known in what became of a question that went through the link; null where there is none.</summary>
    private protected abstract string? EffectOf(LinkAnswer answer);
}
