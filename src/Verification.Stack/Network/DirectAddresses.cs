using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace Verification.Stack.Network;

/// <summary>The proxy of this process for HTTP: what the environment names, but never for loopback, nor for what was named as a part of a
/// stack. Whatever client is made, a request to the platform under test reaches that platform and nobody in its place.</summary>
/// <param name="outside">The proxy for everything else.</param>
public sealed class DirectAddresses(IWebProxy outside) : IWebProxy
{
    private static readonly ConcurrentDictionary<string, bool> Named = new(StringComparer.OrdinalIgnoreCase);

    /// <inheritdoc />
    public ICredentials? Credentials
    {
        get => outside.Credentials;
        set => outside.Credentials = value;
    }

    /// <summary>Lets a host of a stack or engine be reached directly from now on.</summary>
    /// <param name="host">Its name or address.</param>
    public static void Add(string host) => Named[host] = true;

    /// <inheritdoc />
    public Uri? GetProxy(Uri destination) => IsDirect(destination) ? null : outside.GetProxy(destination);

    /// <inheritdoc />
    public bool IsBypassed(Uri host) => IsDirect(host) || outside.IsBypassed(host);

    [ModuleInitializer]
    [SuppressMessage(
        "Usage",
        "CA2255",
        Justification = "Every client of this process takes the default proxy: it must be this one before the first is made."
    )]
    internal static void Apply() => HttpClient.DefaultProxy = new DirectAddresses(HttpClient.DefaultProxy);

    private static bool IsDirect(Uri address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return address.IsLoopback || Named.ContainsKey(address.IdnHost) || (IPAddress.TryParse(address.IdnHost, out var ip) && IsOwn(ip));
    }

    // 0.0.0.0 reaches this machine, and so does an IPv6 address that holds an address of loopback.
    private static bool IsOwn(IPAddress address) =>
        IPAddress.IsLoopback(address)
        || address.Equals(IPAddress.Any)
        || address.Equals(IPAddress.IPv6Any)
        || (
            address.AddressFamily == AddressFamily.InterNetworkV6 && address.IsIPv4MappedToIPv6 && IPAddress.IsLoopback(address.MapToIPv4())
        );
}
