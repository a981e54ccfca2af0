using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;
using MySqlConnector;
using SportBuff;
using SportBuff.Dashboard.Publishing;
using SportBuff.Server;
using SportBuff.Server.Caching;
using SportBuff.Server.Storage;
using Xunit;

namespace Verification.Tests.Unit.Services;

/// <summary>The time-outs that <c>docs/services.md</c> names are those that the services have.</summary>
public sealed partial class DocumentedLimitsTests
{
    private static readonly string Page = File.ReadAllText(
        Path.Combine(Verification.Tests.Unit.Objectives.Files.Root, "docs", "services.md")
    );

    [Fact]
    public async Task Of_HTTP()
    {
        await using var app = ServiceHost.CreateBuilder([]).Build();
        var limits = app.Services.GetRequiredService<IOptions<KestrelServerOptions>>().Value.Limits;
        var rate = limits.MinRequestBodyDataRate!;
        var host = app.Services.GetRequiredService<IOptions<HostOptions>>().Value;

        Row(
            "request headers; idle connection; request body",
            $"{Of(limits.RequestHeadersTimeout)}; {Of(limits.KeepAliveTimeout)}; {rate.BytesPerSecond:0} bytes/s after {Of(rate.GracePeriod)}"
        );
        Row("from SIGTERM to the end", Of(host.ShutdownTimeout));
    }

    [Fact]
    public async Task Of_what_is_told()
    {
        await using var app = ServiceHost.CreateBuilder([]).Build();
        var console = app.Services.GetRequiredService<IOptions<JsonConsoleFormatterOptions>>().Value;

        Assert.False(app.Services.GetRequiredService<IOptions<KestrelServerOptions>>().Value.AddServerHeader);
        Assert.Equal((true, "yyyy-MM-ddTHH:mm:ss.fffZ"), (console.UseUtcTimestamp, console.TimestampFormat));
        Assert.Contains($"up to {Of(ServiceHost.Durations.Buckets!)} s: ", Page, StringComparison.Ordinal);
        Assert.Contains($"up to {Of(ServerMetrics.LagBuckets)} s: ", Page, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_the_broker()
    {
        var broker = BrokerOptions.Read(Variables.Of(("MQHOST", "broker"), ("MQPORT", "61613"))).Brokers[0];

        Row(
            "connecting to a broker, with its CONNECTED; a receipt; heart-beats",
            $"{Of(broker.ConnectTimeout)}; {Of(broker.ReceiptTimeout)}; every {Of(broker.HeartBeat)}, dead after {Of(broker.HeartBeat * broker.HeartBeatTolerance)}"
        );
        Row(
            "a frame of a broker",
            $"{broker.Limits.MaxHeaders} headers, {broker.Limits.MaxHeaderLine} bytes each; a body of {broker.Limits.MaxBody} bytes"
        );
        Row("a POST in all", Of(BuffPublisher.Deadline));
    }

    [Fact]
    public void Of_MySQL()
    {
        var mysql = new MySqlConnectionStringBuilder(
            DatabaseOptions
                .Read(Variables.Of(("DBHOST", "mysql"), ("DBPORT", "3306"), ("DBNAME", "buffs"), ("DBUSER", "server")))
                .ConnectionString
        );

        Row(
            "MySQL: connecting; a command",
            $"{Of(TimeSpan.FromSeconds(mysql.ConnectionTimeout))}; {Of(TimeSpan.FromSeconds(mysql.DefaultCommandTimeout))}"
        );
    }

    [Fact]
    public void Of_Redis()
    {
        var redis = CacheOptions.Read(Variables.Of(("REDISHOSTS", "redis-node-0:6379")));

        Row(
            "Redis: connecting; a command; a call, as the Server waits for it",
            $"{Of(TimeSpan.FromMilliseconds(redis.ConnectTimeout))}; {Of(TimeSpan.FromMilliseconds(redis.AsyncTimeout))}; {Of(ListCache.Patience)}"
        );
    }

    [Fact]
    public async Task Of_metrics()
    {
        var sources = await Task.WhenAll(
            Directory
                .EnumerateFiles(
                    Path.Combine(Verification.Tests.Unit.Objectives.Files.Root, "services"),
                    "*.cs",
                    SearchOption.AllDirectories
                )
                .Select(file => File.ReadAllTextAsync(file, TestContext.Current.CancellationToken))
        );

        Assert.Equal(Metrics(string.Concat(sources)), Metrics(Page));
    }

    private static SortedSet<string> Metrics(string text) =>
        new(Metric().Matches(text).Select(match => match.Value), StringComparer.Ordinal);

    private static void Row(string what, string limit) => Assert.Contains($"| {what} | {limit} |", Page, StringComparison.Ordinal);

    private static string Of(IEnumerable<double> seconds) =>
        string.Join(", ", seconds.Select(each => each.ToString(CultureInfo.InvariantCulture)));

    private static string Of(TimeSpan limit) =>
        limit < TimeSpan.FromSeconds(1) ? $"{limit.TotalMilliseconds:0} ms" : $"{limit.TotalSeconds:0.###} s";

    [GeneratedRegex("sportbuff_[a-z_]+[a-z]", RegexOptions.NonBacktracking)]
    private static partial Regex Metric();
}
