using Verification.Gate.Progress;
using Verification.Objectives;

namespace Verification.Gate.Runs;

/// <summary>What is done when all is measured and only tidies up: where it can't be, as the engine is gone, no verdict goes with
/// it.</summary>
/// <param name="progress">Told what was not done, and why.</param>
internal sealed class Tidying(ProgressLines progress)
{
    /// <summary>Does it, or says that it was not done.</summary>
    /// <param name="tidy">What to do.</param>
    /// <param name="what">What that is, as a sentence has it after "could not".</param>
    public async Task TryAsync(Func<Task> tidy, string what)
    {
        try
        {
            await tidy().ConfigureAwait(false);
        }
        catch (Exception e)
        {
            progress.Bad(
                $"could not {what}: {Quotation.Of(e.GetBaseException().Message).TrimEnd('.')}. What was measured is judged all the same; once the engine answers, ./verify sweep removes what is left."
            );
        }
    }
}
