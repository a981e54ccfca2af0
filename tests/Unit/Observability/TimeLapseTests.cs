using System.Text.RegularExpressions;
using Verification.Stack;
using Verification.Stack.Components.Watching;
using Xunit;

namespace Verification.Tests.Unit.Observability;

public sealed partial class TimeLapseTests
{
    private static readonly TimeLapse Thirty = new(30);

    private static readonly string[] Folders = ["alerts", "alertmanager", "prometheus", "slo/rules"];

    public static TheoryData<string> Configuration =>
        [.. Folders.SelectMany(folder => Directory.EnumerateFiles(Path.Combine(ProjectRoot.Find().Config, folder), "*.y*ml"))];

    [Theory]
    [InlineData("  for: 1m", "  for: 2s")]
    [InlineData("      - for: 1h30m", "      - for: 180s")]
    [InlineData("keep_firing_for: 5m # until what follows has ended", "keep_firing_for: 10s # until what follows has ended")]
    [InlineData("  scrape_interval: 15s", "  scrape_interval: 500ms")]
    [InlineData("group_wait: 30s\ngroup_interval: 5m\nrepeat_interval: 4h", "group_wait: 1s\ngroup_interval: 10s\nrepeat_interval: 480s")]
    [InlineData("expr: rate(a_total{b=\"c\"}[5m]) > 0.5", "expr: rate(a_total{b=\"c\"}[10s]) > 0.5")]
    [InlineData("max_over_time(a[1h:5m] offset 1w)", "max_over_time(a[120s:10s] offset 20160s)")]
    [InlineData("max_over_time(a[1h:])", "max_over_time(a[120s:])")]
    public void A_duration_is_divided(string written, string hastened) => Assert.Equal(hastened, Thirty.Of(written));

    [Theory]
    [InlineData("expr: time() - a > 7200")]
    [InlineData("summary: \"Nothing for 5m.\"")]
    [InlineData("summary: what waits for: 5m and more")]
    [InlineData("  # for: 5m")]
    [InlineData("regex: \"[0-9]+[5]\"")]
    [InlineData("timeout: 10s")]
    [InlineData("labels: {for: 5m}")]
    public void What_is_no_duration_of_these_stays(string written) => Assert.Equal(written, Thirty.Of(written));

    [Fact]
    public void Nothing_becomes_less_than_a_millisecond() =>
        Assert.Contains(
            "20ms divided by 30",
            Assert.Throws<FormatException>(() => Thirty.Of("for: 20ms")).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void In_the_time_of_production_a_file_stays_as_it_is() => Assert.Equal("for: 1m", TimeLapse.None.Of("for: 1m"));

    /// <summary>Whatever the expression finds for a duration, the rest of the file is what production reads.</summary>
    [Theory]
    [MemberData(nameof(Configuration))]
    public void But_for_its_durations_a_file_is_the_same_byte_for_byte(string file)
    {
        var written = File.ReadAllText(file);
        var hastened = Thirty.Of(written);

        Assert.NotEqual(written, hastened);
        Assert.Equal(Durations().Replace(written, "…"), Durations().Replace(hastened, "…"));
        // No duration of a rule, a range or a route was left.
        Assert.Equal(
            Durations().Matches(written).Count(match => Timed().IsMatch(LineOf(written, match.Index))),
            Durations().Matches(written).Zip(Durations().Matches(hastened)).Count(pair => pair.First.Value != pair.Second.Value)
        );
    }

    private static string LineOf(string text, int index) => text[(text.LastIndexOf('\n', index) + 1)..].Split('\n')[0];

    [GeneratedRegex(
        @"\b(\d+(ms|[smhdw]))+\b",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Durations();

    [GeneratedRegex(
        @"^\s*(for|keep_firing_for|\w+_interval|scrape_timeout|group_wait):|\[\d",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Timed();
}
