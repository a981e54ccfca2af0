using Verification.Stack.Components.Watching;
using Xunit;

namespace Verification.Tests.Unit.Observability;

public sealed class PrometheusDurationTests
{
    [Theory]
    [InlineData("", 0)]
    [InlineData("500ms", 0.5)]
    [InlineData("1m", 60)]
    [InlineData("1h30m", 5_400)]
    [InlineData("2d", 172_800)]
    [InlineData("1w", 604_800)]
    public void A_duration_is_read_as_Prometheus_writes_it(string text, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), PrometheusDuration.Parse(text));

    [Theory]
    [InlineData("5")]
    [InlineData("1.5m")]
    [InlineData("five minutes")]
    public void What_is_none_is_refused_with_what_was_expected(string text) =>
        Assert.Contains(
            "expected such as 1h30m or 500ms",
            Assert.Throws<FormatException>(() => PrometheusDuration.Parse(text)).Message,
            StringComparison.Ordinal
        );
}
