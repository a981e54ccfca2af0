using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Verification.Stomp;

namespace SportBuff;

/// <summary>How the brokers are reached (MQHOST, MQPORT, MQUSERNAME, MQPASSWORD, MQTLSENABLE, MQPROTOCOL; SSL_CERT_FILE).</summary>
internal static class BrokerOptions
{
    /// <summary>The queue of the contract.</summary>
    public const string Queue = "buffs";

    // No frame that a broker holds may be too large to be read, and so block the queue: its own limits are lower.
    private static readonly StompLimits Limits = new(MaxHeaders: 1024, MaxHeaderLine: 1024 * 1024, MaxBody: 64 * 1024 * 1024);

    /// <summary>The brokers of MQHOST, in their order. What is wrong is noted in the environment.</summary>
    public static BrokerList Read(ServiceEnvironment environment)
    {
        if (environment.Optional("MQPROTOCOL") is { } protocol and not "tcp")
            environment.Refuse("MQPROTOCOL", protocol, "tcp");
        var port = environment.OptionalPort("MQPORT");
        var hosts = environment.Endpoints(
            "MQHOST",
            port,
            port is null ? "host:port,…, or host,… with the port in MQPORT" : "host[:port],…"
        );
        var trusted = environment.Flag("MQTLSENABLE") ? Trusted(environment) : null;
        return new BrokerList([
            .. hosts.Select(host => new StompOptions
            {
                Host = host.Host,
                Port = host.Port,
                Login = environment.Optional("MQUSERNAME"),
                Passcode = environment.Optional("MQPASSWORD"),
                Limits = Limits,
                Tls = trusted is null
                    ? null
                    : new SslClientAuthenticationOptions { TargetHost = host.Host, CertificateChainPolicy = trusted },
                HeartBeat = TimeSpan.FromSeconds(2),
                ConnectTimeout = TimeSpan.FromSeconds(2),
                ReceiptTimeout = TimeSpan.FromSeconds(3),
            }),
        ]);
    }

    /// <summary>Which authorities are trusted: those of SSL_CERT_FILE alone, or, without it, the machine's.</summary>
    private static X509ChainPolicy Trusted(ServiceEnvironment environment)
    {
        var policy = new X509ChainPolicy { RevocationMode = X509RevocationMode.NoCheck };
        if (environment.Optional("SSL_CERT_FILE") is not { } file)
            return policy;
        policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        try
        {
            policy.CustomTrustStore.ImportFromPemFile(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            // No certificate was read, which is told below.
        }

        if (policy.CustomTrustStore.Count == 0)
            environment.Refuse("SSL_CERT_FILE", file, "a readable file of certificates (PEM)");
        return policy;
    }
}
