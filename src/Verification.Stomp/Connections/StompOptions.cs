using System.Net.Security;

namespace Verification.Stomp;

/// <summary>How to reach a broker, and how the conversation is kept.</summary>
public sealed record StompOptions
{
    /// <summary>Host name or address of the broker.</summary>
    public required string Host { get; init; }

    /// <summary>Its STOMP port.</summary>
    public required int Port { get; init; }

    /// <summary>User; null to log in as nobody.</summary>
    public string? Login { get; init; }

    /// <summary>The user's password.</summary>
    public string? Passcode { get; init; }

    /// <summary>The <c>host</c> header of CONNECT: the virtual host.</summary>
    public string VirtualHost { get; init; } = "/";

    /// <summary>How often we send something, and expect the broker to. Zero for no heart-beats.</summary>
    public TimeSpan HeartBeat { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How much longer than its interval the broker may be silent, as a factor.</summary>
    public double HeartBeatTolerance { get; init; } = 2;

    /// <summary>How long connecting, with CONNECTED, may take.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a receipt may take.</summary>
    public TimeSpan ReceiptTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>What a received frame may hold.</summary>
    public StompLimits Limits { get; init; } = StompLimits.Default;

    /// <summary>TLS; null for a bare connection. Trusted are the machine's authorities and those of <c>SSL_CERT_FILE</c>; others by
    /// <see cref="SslClientAuthenticationOptions.CertificateChainPolicy"/>.</summary>
    public SslClientAuthenticationOptions? Tls { get; init; }

    /// <summary>The clock of heart-beats and time-outs.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>User, host and port; never the password.</summary>
    public override string ToString() => $"{Login ?? "(nobody)"}@{Host}:{Port}";
}
