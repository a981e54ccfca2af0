using Verification.Stack;
using Verification.Stack.Components.Toxiproxy;

namespace Verification.Chaos.Faults;

/// <summary>What is sent by the link arrives, and its answer does not: the connection ends instead, a new one by a reset (RST).</summary>
public sealed class ResetFault : LinkFault
{
    private static readonly Dictionary<string, int> AtOnce = new() { ["timeout"] = 0 };

    internal ResetFault(AttachedStack stack, StackInstance link, StackInstance? to)
        : base(stack, link, to) { }

    /// <inheritdoc />
    public override string Name => "reset";

    private protected override IReadOnlyList<Toxic> Toxics => [new Toxic("reset_peer", Toxic.Downstream, AtOnce)];

    private protected override string? EffectOf(IReadOnlyList<LinkAnswer> answers) =>
        answers.All(answer => answer.Ended is not null) ? $"a connection through {Way} ends before an answer: {answers[0].Ended}" : null;
}
