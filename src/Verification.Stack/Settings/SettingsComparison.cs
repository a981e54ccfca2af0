using Verification.Objectives;

namespace Verification.Stack.Settings;

/// <summary>The settings of <c>config/</c> beside those a running component works with.</summary>
/// <param name="Compared">How many were compared.</param>
/// <param name="Deviations">Those that differ.</param>
public sealed record SettingsComparison(int Compared, IReadOnlyList<SettingDeviation> Deviations)
{
    /// <summary>Compares setting by setting.</summary>
    internal static SettingsComparison Of(string where, IEnumerable<(string Name, string Expected, string? Effective)> settings)
    {
        var all = settings.ToList();
        return new SettingsComparison(
            all.Count,
            [
                .. all.Where(each => each.Expected != each.Effective)
                    .Select(each => new SettingDeviation(where, each.Name, each.Expected, each.Effective)),
            ]
        );
    }

    /// <summary>Several comparisons as one.</summary>
    internal static SettingsComparison Of(IReadOnlyList<SettingsComparison> parts) =>
        new(parts.Sum(part => part.Compared), [.. parts.SelectMany(part => part.Deviations)]);
}

/// <summary>A setting that a running component does not have as <c>config/</c> says.</summary>
/// <param name="Where">Name of the instance.</param>
/// <param name="Setting">The setting, as the component names it.</param>
/// <param name="Expected">What <c>config/</c> says.</param>
/// <param name="Effective">What the component works with; null if it does not tell.</param>
public sealed record SettingDeviation(string Where, string Setting, string Expected, string? Effective)
{
    /// <summary>The same as a finding.</summary>
    public Finding AsFinding => new(Where, $"{Setting} is {Effective ?? "not told"}, config/ says {Expected}");

    /// <inheritdoc />
    public override string ToString() => $"{AsFinding}";
}
