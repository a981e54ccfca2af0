using System.Globalization;
using Spectre.Console;
using Verification.Gate.Reporting;

namespace Verification.Gate.Trends;

/// <summary>The trends for people.</summary>
internal static class TrendTable
{
    private const double Percent = 100;

    public static void Print(IAnsiConsole console, IReadOnlyList<ObjectiveTrend> trends)
    {
        var table = new Table { Border = TableBorder.Simple };
        foreach (var column in new[] { "objective", "unit" })
            table.AddColumn(new TableColumn(column).NoWrap());
        foreach (var column in new[] { "runs", "PASS", "FAIL", "UNKNOWN", "last", "median", "min", "max", "flakes" })
            table.AddColumn(new TableColumn(column).RightAligned().NoWrap());
        table.AddColumn(new TableColumn("trend").NoWrap());
        foreach (var trend in trends)
        {
            table.AddRow([
                .. new[]
                {
                    trend.Objective,
                    trend.Unit,
                    Number(trend.Runs),
                    Number(trend.Pass),
                    Number(trend.Fail),
                    Number(trend.Unknown),
                    Figures.Value(trend.Last),
                    Figures.Value(trend.Median),
                    Figures.Value(trend.Least),
                    Figures.Value(trend.Greatest),
                    trend.FlakeRate is { } rate ? string.Create(CultureInfo.InvariantCulture, $"{rate * Percent:0.#} %") : "–",
                    Sparkline.Of(trend.Trend),
                }.Select(text => new Text(text)),
            ]);
        }

        console.Write(table);
    }

    private static string Number(int count) => count.ToString(CultureInfo.InvariantCulture);
}
