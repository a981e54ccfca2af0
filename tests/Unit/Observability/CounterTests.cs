using System.Text.RegularExpressions;
using Verification.Observability;
using Verification.Stack;
using Xunit;

namespace Verification.Tests.Unit.Observability;

/// <summary>A counter says something by how fast it grows: its value is how long ago somebody started.</summary>
public sealed partial class CounterTests
{
    private static readonly string Config = ProjectRoot.Find().Config;

    public static TheoryData<string> Expressions =>
        [
            .. Dashboard
                .Read(Config)
                .SelectMany(board => board.Panels)
                .SelectMany(panel => panel.Queries)
                .Select(query => query.Expression)
                .Concat(AlertFiles.Read(Config).Concat(AlertFiles.ReadBudgets(Config)).Select(rule => rule.Expression))
                .Distinct(),
        ];

    [Theory]
    [MemberData(nameof(Expressions))]
    public void Each_counter_stands_in_a_range(string expression) => Assert.Empty(WithoutRange(expression));

    [Theory]
    [InlineData("sum(a_total{b=\"c\"})", "a_total")]
    [InlineData("rate(a_sum[5m]) / a_count", "a_count")]
    [InlineData("sum(rate(a_total{b=\"c\"}[5m])) / sum by (le) (increase(a_bucket[1h]))", null)]
    [InlineData("sum(artemis_queue_messages) + a_total_of_all", null)]
    public void One_that_stands_in_none_is_found(string expression, string? found) =>
        Assert.Equal(found is null ? [] : [found], WithoutRange(expression));

    private static IEnumerable<string> WithoutRange(string expression) =>
        Counter().Matches(expression).Where(match => !match.Groups["range"].Success).Select(match => match.Groups["name"].Value);

    [GeneratedRegex(
        @"\b(?<name>\w+_(total|bucket|sum|count))\b(\{[^}]*\})?(?<range>\[)?",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Counter();
}
