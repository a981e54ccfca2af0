using System.Globalization;

namespace Verification.Objectives;

/// <summary>What must hold of a setting in effect, whatever <c>config/</c> says: a range, or one of some values; never a copy of a
/// value.</summary>
/// <param name="Component">Name of the component: <c>mysql</c>.</param>
/// <param name="Setting">The setting, as the component names it.</param>
/// <param name="Because">The promise that rests on it.</param>
public sealed record SafeSetting(string Component, string Setting, string Because)
{
    /// <summary>Values of which it must have one, whatever their case; none for any.</summary>
    public IReadOnlyList<string> OneOf { get; init; } = [];

    /// <summary>Values that it must not have, whatever their case.</summary>
    public IReadOnlyList<string> NoneOf { get; init; } = [];

    /// <summary>Word that must be among its words, which commas part; null for none.</summary>
    public string? Has { get; init; }

    /// <summary>Least number; null for none.</summary>
    public double? AtLeast { get; init; }

    /// <summary>Greatest number; null for none.</summary>
    public double? AtMost { get; init; }

    /// <summary>Whether a component that does not tell it works with a default that is safe.</summary>
    public bool MayBeUntold { get; init; }

    /// <summary>Whether its value is told to nobody.</summary>
    public bool Secret { get; init; }

    /// <summary>How it is not safe; null where it is.</summary>
    /// <param name="where">Name of the instance.</param>
    /// <param name="effective">What it works with; null where it does not tell.</param>
    public Finding? Deviation(string where, string? effective)
    {
        if (effective is null)
            return MayBeUntold ? null : new Finding(where, $"{Setting} is not told, and {Because}");
        return Holds(effective)
            ? null
            : new Finding(where, $"{Setting} is {(Secret ? "not what it must be" : $"'{effective}', {Wanted()}")}, and {Because}");
    }

    private bool Holds(string effective) =>
        (OneOf.Count == 0 || OneOf.Contains(effective, StringComparer.OrdinalIgnoreCase))
        && !NoneOf.Contains(effective, StringComparer.OrdinalIgnoreCase)
        && (Has is null || effective.Split(',', StringSplitOptions.TrimEntries).Contains(Has, StringComparer.OrdinalIgnoreCase))
        && ((AtLeast is null && AtMost is null) || IsInRange(effective));

    private bool IsInRange(string effective) =>
        double.TryParse(effective, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        && !(number < AtLeast)
        && !(number > AtMost);

    private string Wanted() =>
        string.Join(
            " and ",
            new[]
            {
                OneOf.Count > 0 ? $"expected {string.Join(" or ", OneOf)}" : null,
                NoneOf.Count > 0 ? $"expected anything but {string.Join(" or ", NoneOf.Select(value => $"'{value}'"))}" : null,
                Has is not null ? $"expected {Has} among it" : null,
                AtLeast is not null ? string.Create(CultureInfo.InvariantCulture, $"expected at least {AtLeast}") : null,
                AtMost is not null ? string.Create(CultureInfo.InvariantCulture, $"expected at most {AtMost}") : null,
            }.OfType<string>()
        );
}
