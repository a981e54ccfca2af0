using Verification.Gate.Progress;
using Verification.Objectives;
using Verification.Platform;

namespace Verification.Gate.Runs;

/// <summary>What a gate has posted to a deployed platform: it goes out of the listing, however the suites ended; where it stays, it is told
/// by which mark it is found.</summary>
/// <param name="progress">Where it is told.</param>
/// <param name="time">The clock.</param>
internal sealed class PostedBuffs(ProgressLines progress, TimeProvider time)
{
    /// <summary>How long it may take.</summary>
    public static readonly TimeSpan Within = TimeSpan.FromSeconds(30);

    /// <summary>Takes them out.</summary>
    /// <param name="run">The run that has posted them.</param>
    /// <param name="takeOut">Takes those of a mark out of the listing, and says how many; null where it has no credential for it.</param>
    public async Task TakeOutAsync(string run, Func<string, CancellationToken, Task<int?>> takeOut)
    {
        var mark = Marker.MarkOf(run);
        using var limit = new CancellationTokenSource(Within, time);
        try
        {
            if (await takeOut(mark, limit.Token).ConfigureAwait(false) is { } count)
                progress.Say($"{count} buffs of this run were taken out of the listing");
            else
                progress.Doubt(
                    $"the buffs of this run stay listed, as the stack gives no credential of its database: those with {mark} in their question"
                );
        }
        catch (Exception e)
        {
            // Whatever kept them there, what was measured is judged.
            progress.Doubt($"the buffs of this run stay listed, those with {mark} in their question: {Quotation.Of(e.Message)}");
        }
    }
}
