using System.Globalization;

namespace Verification.Observability;

/// <summary>What was wanted of a load, beside what was served: a platform that nobody uses is quiet, too.</summary>
/// <param name="What">What was asked for.</param>
/// <param name="Wanted">How often it was to be asked for.</param>
/// <param name="Served">How often it was answered well.</param>
public sealed record WantedLoad(string What, long Wanted, long Served)
{
    /// <summary>The share of what was wanted below which the load was none.</summary>
    public const double Least = 0.95;

    /// <summary>Why a load says nothing; null where enough of each part of it was served.</summary>
    /// <param name="parts">The parts.</param>
    public static string? Lack(params IReadOnlyList<WantedLoad> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        var lacking = parts.Where(part => part.Served < Least * part.Wanted).ToList();
        return lacking.Count == 0
            ? null
            : $"{string.Join(", ", lacking.Select(part => string.Create(CultureInfo.InvariantCulture, $"{part.Served} of {part.Wanted} {part.What} were served")))}, fewer than {Least.ToString("P0", CultureInfo.InvariantCulture)}";
    }
}
