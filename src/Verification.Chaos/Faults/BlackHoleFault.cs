using Verification.Stack;
using Verification.Stack.Components.Toxiproxy;

namespace Verification.Chaos.Faults;

/// <summary>Nothing that is sent by the link arrives, either way, and nobody is told: connections stand, and new ones are made. They end
/// when it heals.</summary>
public sealed class BlackHoleFault : LinkFault
{
    private static readonly Dictionary<string, int> ForGood = new() { ["timeout"] = 0 };

    internal BlackHoleFault(AttachedStack stack, StackInstance link, StackInstance? to)
        : base(stack, link, to) { }

    /// <inheritdoc />
    public override string Name => "black-hole";

    private protected override IReadOnlyList<Toxic> Toxics =>
        [new Toxic("timeout", Toxic.Upstream, ForGood), new Toxic("timeout", Toxic.Downstream, ForGood)];

    private protected override string? EffectOf(IReadOnlyList<LinkAnswer> answers) =>
        answers.All(answer => answer.IsSilent) ? $"a question through {Way} is not answered" : null;
}
