using System.Globalization;
using Verification.Stack;
using Verification.Stack.Control;

namespace Verification.Chaos.Faults;

/// <summary>An instance is cut off from others by the network: what is sent between them is dropped, one way or both, and nobody is told.
/// Everybody else reaches it.</summary>
public sealed class CutFault : IFault
{
    /// <inheritdoc cref="IFault.Name"/>
    public const string Kind = "cut";

    private readonly IStackControl control;
    private readonly StackInstance instance;
    private readonly IReadOnlyList<StackInstance> from;
    private readonly CutDirection direction;

    internal CutFault(IStackControl control, StackInstance instance, IReadOnlyList<StackInstance> from, CutDirection direction) =>
        (this.control, this.instance, this.from, this.direction) = (control, instance, from, direction);

    /// <inheritdoc />
    public string Name => Kind;

    /// <inheritdoc />
    public string Target => instance.Name;

    private IPartitions Partitions => control.Require<IPartitions>($"cut off {instance.Name}");

    /// <inheritdoc />
    public Task ApplyAsync(CancellationToken cancellationToken) => Partitions.CutAsync(instance, from, direction, cancellationToken);

    /// <inheritdoc />
    public async Task<string?> EffectAsync(CancellationToken cancellationToken)
    {
        var dropped = await Partitions.DroppedAsync(instance, cancellationToken).ConfigureAwait(false);
        return dropped > 0
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"{dropped} packets between {instance.Name} and {string.Join(", ", from.Select(each => each.Name))} were dropped ({direction})"
            )
            : null;
    }

    /// <inheritdoc />
    public Task HealAsync(CancellationToken cancellationToken) => Partitions.HealAsync(instance, cancellationToken);
}
