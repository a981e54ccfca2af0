using Verification.Stack.Components.HaProxy;
using Verification.Tests.Unit.Objectives;
using Xunit;

namespace Verification.Tests.Unit.Stack.HaProxy;

public sealed class HaProxySettingsTests
{
    private static readonly string[] Together = ["haproxy.cfg", "broker.cfg"];
    private static readonly string Own = string.Concat(
        Together.Select(name => File.ReadAllText(Path.Combine(Files.Root, "config", "haproxy", name)))
    );

    [Fact]
    public void The_same_file_has_no_deviation_whatever_its_comments_and_blanks()
    {
        var comparison = HaProxySettings.Compare(
            Own,
            string.Join('\n', Own.Split('\n').Where(line => !line.TrimStart().StartsWith('#')))
                .Replace("    ", "\t", StringComparison.Ordinal)
        );

        Assert.Empty(comparison.Deviations);
        Assert.True(comparison.Compared > 30);
    }

    [Theory]
    [InlineData("timeout connect 500ms", "timeout connect 50s", "haproxy: defaults: timeout connect 500ms is not told, config/ says set")]
    [InlineData("    bind :61613\n", "", "haproxy: frontend stomp: bind :61613 is not told, config/ says set")]
    public void A_directive_that_is_another_or_not_there_is_told_with_its_section(string right, string wrong, string told) =>
        Assert.Equal(
            told,
            $"{Assert.Single(HaProxySettings.Compare(Own, Own.Replace(right, wrong, StringComparison.Ordinal)).Deviations)}"
        );

    [Fact]
    public void A_directive_in_another_section_is_another_directive() =>
        Assert.NotEmpty(HaProxySettings.Compare("backend a\n    retries 3\n", "backend b\n    retries 3\n").Deviations);

    [Theory]
    [InlineData("# HELP haproxy_process_build_info x\nhaproxy_process_build_info{version=\"3.2.26-1\"} 1\n", "3.2.26")]
    [InlineData("haproxy_process_build_info{version=\"3.2.4\"} 1\n", "3.2.4")]
    public void Its_version_is_what_it_tells_without_what_a_distribution_adds(string metrics, string version) =>
        Assert.Equal(version, HaProxyMetrics.Parse(metrics).Version);

    [Fact]
    public void Only_a_server_that_is_up_is_led_to() =>
        Assert.Equal(
            [("servers", "server-1")],
            HaProxyMetrics
                .Parse(
                    """
                    haproxy_process_build_info{version="3.2.4"} 1
                    haproxy_server_status{proxy="servers",server="server-0",state="DOWN"} 1
                    haproxy_server_status{proxy="servers",server="server-0",state="UP"} 0
                    haproxy_server_status{proxy="servers",server="server-1",state="UP"} 1
                    """
                )
                .LedTo
        );

    [Fact]
    public void Metrics_without_a_version_are_none() => Assert.Throws<HttpRequestException>(() => HaProxyMetrics.Parse("haproxy_up 1\n"));
}
