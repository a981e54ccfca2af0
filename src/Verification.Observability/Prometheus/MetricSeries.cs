using System.Globalization;
using System.Text.Json;

namespace Verification.Observability;

/// <summary>A series over time, as a range query gives it.</summary>
/// <param name="Labels">Its labels.</param>
/// <param name="Points">Its values: when, in s since 1970, and how much. One that is no number is NaN or infinite.</param>
public sealed record MetricSeries(IReadOnlyDictionary<string, string> Labels, IReadOnlyList<(double At, double Value)> Points)
{
    /// <summary>The value of a label; empty where it has none of this name.</summary>
    public string Label(string name) => Labels.TryGetValue(name, out var value) ? value : string.Empty;

    /// <summary>Reads what a range query was answered.</summary>
    /// <param name="data">The member <c>data</c> of the answer.</param>
    /// <exception cref="KeyNotFoundException">It is none of a range query.</exception>
    /// <exception cref="InvalidOperationException">The same.</exception>
    /// <exception cref="FormatException">A value is no number of Prometheus.</exception>
    internal static IReadOnlyList<MetricSeries> Of(JsonElement data) =>
        [
            .. data.GetProperty("result")
                .EnumerateArray()
                .Select(series => new MetricSeries(
                    series
                        .GetProperty("metric")
                        .EnumerateObject()
                        .ToDictionary(label => label.Name, label => label.Value.GetString()!, StringComparer.Ordinal),
                    [
                        .. series
                            .GetProperty("values")
                            .EnumerateArray()
                            .Select(point => (point[0].GetDouble(), Number(point[1].GetString()!))),
                    ]
                )),
        ];

    private static double Number(string text) =>
        text switch
        {
            "+Inf" => double.PositiveInfinity,
            "-Inf" => double.NegativeInfinity,
            _ => double.Parse(text, CultureInfo.InvariantCulture),
        };
}
