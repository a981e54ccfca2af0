using Verification.Gate.Doctor;
using Verification.Gate.Interruptions;
using Verification.Gate.Progress;
using Verification.Stack;

namespace Verification.Gate.Commands;

/// <summary>What a command works with.</summary>
internal sealed record CommandContext(ProjectRoot Root, ProgressLines Progress, Interruption Interruption, TimeProvider Time)
{
    /// <summary>Ends with the first signal.</summary>
    public CancellationToken Ended => Interruption.Token;

    /// <summary>Tries, before anything is started, whether a run can be recorded.</summary>
    /// <exception cref="MachineException">It can't.</exception>
    public void MustRecord()
    {
        if (WritableFolder.ProblemOf(Root.Runs) is { } problem)
            throw new MachineException(
                $"no run can be recorded in {Root.Runs}: {problem.TrimEnd('.')}. Use a checkout that this user can write, on a disk with room; ./verify doctor names every folder that is written."
            );
    }
}
