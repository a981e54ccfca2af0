namespace Verification.Load;

/// <summary>What is counted since a start, as a rate from one look to the next. One that has started anew counts from 0: of it nothing is
/// known until it was seen twice.</summary>
internal sealed class Rates
{
    private readonly Dictionary<string, (DateTimeOffset At, double Value)> before = new(StringComparer.Ordinal);

    /// <summary>How much a count has grown a second since the look before.</summary>
    /// <param name="name">Name of the count.</param>
    /// <param name="at">When it was looked at.</param>
    /// <param name="value">What it was.</param>
    /// <returns>The rate; null at the first look, and where it has started anew.</returns>
    public double? Of(string name, DateTimeOffset at, double value)
    {
        var rate =
            before.TryGetValue(name, out var last) && value >= last.Value && at > last.At
                ? (value - last.Value) / (at - last.At).TotalSeconds
                : (double?)null;
        before[name] = (at, value);
        return rate;
    }
}
