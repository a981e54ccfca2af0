using System.Globalization;
using Verification.Objectives;

namespace Verification.Stack.Control;

/// <summary>A control whose way to the instances can break by itself, and that notices: what is seen through a broken way looks like an
/// instance that is away, and says nothing of it.</summary>
public interface IWatchesWay
{
    /// <summary>When the way broke, and what was seen of that, the first one first.</summary>
    IReadOnlyList<BrokenWay> Breaks { get; }
}

/// <summary>A break of the way to a stack.</summary>
/// <param name="At">When it was noticed.</param>
/// <param name="Why">What was seen: a sentence without its full stop.</param>
public sealed record BrokenWay(DateTimeOffset At, string Why)
{
    /// <summary>What stands in the place of a measurement that failed while the way was broken: nothing is known.</summary>
    public Measurement InPlaceOf(Measurement failed)
    {
        ArgumentNullException.ThrowIfNull(failed);
        var seen = failed.Unreached is { } unreached ? $"not so: {unreached.State}" : failed.Diagnosis;
        return Measurement.NotMeasured(failed.Objective, $"{this}{(seen is null ? string.Empty : $": {seen}")}");
    }

    /// <inheritdoc />
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"the way to the stack broke at {At:HH:mm:ss} ({Why}), and what was seen meanwhile says nothing of the stack"
        );
}
