using System.Globalization;
using System.Net;

namespace Verification.Stack;

/// <summary>An address as <c>stack.json</c> writes it: <c>127.0.0.1:20001</c> or <c>db.example:3306</c>.</summary>
public static class HostEndpoint
{
    /// <summary>Reads an address.</summary>
    /// <returns>An <see cref="IPEndPoint"/> where the host is an address, else a <see cref="DnsEndPoint"/>.</returns>
    /// <exception cref="FormatException">It is none.</exception>
    public static EndPoint Parse(string text)
    {
        var colon = text.LastIndexOf(':');
        if (
            colon <= 0
            || !ushort.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            || port == 0
        )
            throw new FormatException($"'{text}' is no address: expected HOST:PORT, for example 127.0.0.1:20001.");
        var host = text[..colon];
        return IPAddress.TryParse(host, out var address) ? new IPEndPoint(address, port) : new DnsEndPoint(host, port);
    }

    /// <summary>Its host and port, for clients that want them apart.</summary>
    /// <exception cref="ArgumentException">It is neither an <see cref="IPEndPoint"/> nor a <see cref="DnsEndPoint"/>.</exception>
    public static (string Host, int Port) HostAndPort(this EndPoint endpoint) =>
        endpoint switch
        {
            IPEndPoint address => ($"{address.Address}", address.Port),
            DnsEndPoint name => (name.Host, name.Port),
            _ => throw new ArgumentException($"{endpoint} has no host and port.", nameof(endpoint)),
        };
}
