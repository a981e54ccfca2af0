namespace Verification.Load;

/// <summary>What every load model must keep; each says what is wrong in half a sentence.</summary>
internal static class ModelBounds
{
    private const int HighestRate = 100_000;
    private const int MostCopies = 10_000;
    private static readonly TimeSpan LongestRun = TimeSpan.FromDays(1);

    /// <summary>Of a rate in an interval.</summary>
    public static IEnumerable<string> Rate(int rate, TimeSpan interval, int least = 1)
    {
        if (rate < least)
            yield return least > 0
                ? $"the rate is {rate}; at least {least} must arrive in an interval"
                : $"the rate is {rate}; it can't be negative";
        if (interval <= TimeSpan.Zero)
            yield return $"the interval is {interval.TotalSeconds:0.###} s; it must be positive";
        if (rate > 0 && interval > TimeSpan.Zero && rate / interval.TotalSeconds > HighestRate)
            yield return $"the rate is {rate / interval.TotalSeconds:0}/s; at most {HighestRate}/s can be paced";
    }

    /// <summary>Of a time that it lasts.</summary>
    public static IEnumerable<string> During(TimeSpan during)
    {
        if (during <= TimeSpan.Zero || during > LongestRun)
            yield return $"it lasts {during.TotalSeconds:0.###} s; it must last longer than 0 s and at most {LongestRun.TotalHours:0} h";
    }

    /// <summary>Of a number of copies.</summary>
    public static IEnumerable<string> Copies(int copies, int least = 1)
    {
        if (copies < least || copies > MostCopies)
            yield return $"there are {copies} copies; there must be {least} to {MostCopies}";
    }

    /// <summary>Of a number of iterations.</summary>
    public static IEnumerable<string> Iterations(int iterations)
    {
        if (iterations < 1)
            yield return $"there are {iterations} iterations; there must be at least 1";
    }
}
