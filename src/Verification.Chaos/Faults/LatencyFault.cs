using System.Globalization;
using Verification.Stack;
using Verification.Stack.Components.Toxiproxy;

namespace Verification.Chaos.Faults;

/// <summary>Each answer that comes by the link comes later.</summary>
public sealed class LatencyFault : LinkFault
{
    private readonly TimeSpan latency;

    internal LatencyFault(AttachedStack stack, StackInstance link, StackInstance? to, TimeSpan latency)
        : base(stack, link, to) => this.latency = latency;

    /// <inheritdoc />
    public override string Name => "latency";

    private protected override IReadOnlyList<Toxic> Toxics =>
        [new Toxic("latency", Toxic.Downstream, new Dictionary<string, int> { ["latency"] = (int)latency.TotalMilliseconds })];

    private protected override string? EffectOf(IReadOnlyList<LinkAnswer> answers) =>
        answers.All(answer => answer.Took >= latency)
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"an answer through {Way} takes {answers.Min(answer => answer.Took)?.TotalMilliseconds:0} ms"
            )
            : null;
}
