namespace Verification.Load;

/// <summary>Searches the knee: the highest rate at which a platform holds its objectives. From a rate that it should hold it doubles until
/// one is not held, and then halves what lies between, until that is less than a tenth of what is held.</summary>
/// <param name="hold">Puts a load of so many a second on the platform, and tells whether it held.</param>
/// <param name="most">The highest rate that is tried, per second.</param>
public sealed class KneeSearch(Func<int, CancellationToken, Task<KneeTrial>> hold, int most)
{
    private const double Precision = 0.1;

    /// <summary>Searches once.</summary>
    /// <param name="from">The first rate that is tried, per second.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<Knee> FindAsync(int from, CancellationToken cancellationToken)
    {
        var trials = new List<KneeTrial>();
        var (held, missed) = (0, (KneeTrial?)null);
        for (
            var rate = from;
            IsWorthTrying(rate, held, missed);
            rate = missed is null ? Math.Min(held * 2, most) : (held + missed.Rate) / 2
        )
        {
            var trial = await hold(rate, cancellationToken).ConfigureAwait(false);
            trials.Add(trial);
            if (trial.Missed is null)
                held = rate;
            else
                missed = trial;
        }

        return new Knee(held, missed, trials);
    }

    private static bool IsWorthTrying(int rate, int held, KneeTrial? missed) =>
        rate > held && (missed is null || missed.Rate - held > Math.Max(1, missed.Rate * Precision));
}

/// <summary>A rate that was tried.</summary>
/// <param name="Rate">The rate, per second.</param>
/// <param name="Missed">What was not held; null where all was.</param>
/// <param name="IsOfGenerator">Whether it was the generator that could do no more: what the platform could, is not known.</param>
public sealed record KneeTrial(int Rate, string? Missed, bool IsOfGenerator);

/// <summary>What several searches have found.</summary>
/// <param name="Searches">Each.</param>
public sealed record KneeSearches(IReadOnlyList<Knee> Searches);

/// <summary>What one search has found.</summary>
/// <param name="Rate">The highest rate that was held, per second; 0 where none was.</param>
/// <param name="Beyond">The lowest that was not; null where all were held.</param>
/// <param name="Trials">All that were tried, in order.</param>
public sealed record Knee(int Rate, KneeTrial? Beyond, IReadOnlyList<KneeTrial> Trials);
