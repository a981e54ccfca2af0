using System.Globalization;
using Verification.Objectives;

namespace Verification.Gate.Reporting;

/// <summary>A figure beside its limit, as lengths in percent of one scale that holds both.</summary>
/// <param name="Value">Length of the figure, in percent.</param>
/// <param name="Limit">Place of the limit, in percent.</param>
internal sealed record Bar(string Value, string Limit)
{
    /// <summary>The bar of a figure; null where no length says anything (no figure, or a limit of nothing that is kept).</summary>
    public static Bar? Of(Objective objective, double? value)
    {
        if (value is not { } known || !double.IsFinite(known) || known < 0 || objective.Limit < 0 || (known == 0 && objective.Limit == 0))
            return null;
        var scale = Math.Max(known, objective.Limit) * 1.12;
        return new Bar(Percent(known / scale), Percent(objective.Limit / scale));
    }

    private static string Percent(double part) => (part * 100).ToString("0.#", CultureInfo.InvariantCulture);
}
