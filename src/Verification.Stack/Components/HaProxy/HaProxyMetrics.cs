using System.Net;
using System.Text.RegularExpressions;

namespace Verification.Stack.Components.HaProxy;

/// <summary>What HAProxy tells of itself, in the format of Prometheus.</summary>
/// <param name="Version">Its version.</param>
/// <param name="LedTo">The servers that it leads clients to now, as its configuration names them: backend and server.</param>
internal sealed partial record HaProxyMetrics(string Version, IReadOnlyList<(string Backend, string Server)> LedTo)
{
    /// <summary>Its port inside.</summary>
    public const int Port = 8404;

    private static readonly HttpClient Http = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(5) };

    /// <summary>Asks.</summary>
    /// <exception cref="HttpRequestException">It does not answer, or with something else.</exception>
    public static async Task<HaProxyMetrics> ReadAsync(EndPoint endpoint, CancellationToken cancellationToken)
    {
        var (host, port) = endpoint.HostAndPort();
        return Parse(
            await Http.GetStringAsync(new UriBuilder("http", host, port, "/metrics").Uri, cancellationToken).ConfigureAwait(false)
        );
    }

    /// <summary>Reads what it tells.</summary>
    /// <exception cref="HttpRequestException">It is not told.</exception>
    internal static HaProxyMetrics Parse(string metrics) =>
        BuildInfo().Match(metrics) is { Success: true } found
            ? new HaProxyMetrics(
                found.Groups["version"].Value,
                [.. Up().Matches(metrics).Select(up => (up.Groups["backend"].Value, up.Groups["server"].Value))]
            )
            : throw new HttpRequestException("HAProxy's metrics have no haproxy_process_build_info.");

    [GeneratedRegex(
        @"^haproxy_server_status\{proxy=""(?<backend>[^""]+)"",server=""(?<server>[^""]+)"",state=""UP""\} 1",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Up();

    // What Debian adds to a version is none of its own: 3.2.26-1.
    [GeneratedRegex(
        @"^haproxy_process_build_info\{version=""(?<version>[0-9.]+)",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex BuildInfo();
}
