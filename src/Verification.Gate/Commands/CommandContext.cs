using Verification.Gate.Interruptions;
using Verification.Gate.Progress;
using Verification.Stack;

namespace Verification.Gate.Commands;

/// <summary>What a command works with.</summary>
internal sealed record CommandContext(ProjectRoot Root, ProgressLines Progress, Interruption Interruption, TimeProvider Time)
{
    /// <summary>Ends with the first signal.</summary>
    public CancellationToken Ended => Interruption.Token;
}
