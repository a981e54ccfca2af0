using System.Net.Security;
using Verification.Stomp;

namespace SportBuff;

/// <summary>How the broker is reached (MQHOST, MQPORT, MQUSERNAME, MQPASSWORD, MQTLSENABLE, MQPROTOCOL).</summary>
internal static class BrokerOptions
{
    /// <summary>The queue of the contract.</summary>
    public const string Queue = "buffs";

    /// <exception cref="ConfigurationException">A variable is missing or wrong.</exception>
    public static StompOptions FromEnvironment()
    {
        var protocol = ServiceEnvironment.Optional("MQPROTOCOL") ?? "tcp";
        if (protocol != "tcp")
            throw new ConfigurationException($"MQPROTOCOL is '{protocol}'; expected tcp.");
        var host = ServiceEnvironment.Required("MQHOST");
        return new StompOptions
        {
            Host = host,
            Port = ServiceEnvironment.Port("MQPORT"),
            Login = ServiceEnvironment.Optional("MQUSERNAME"),
            Passcode = ServiceEnvironment.Optional("MQPASSWORD"),
            // Trusted are the machine's authorities, and those of SSL_CERT_FILE.
            Tls = ServiceEnvironment.Flag("MQTLSENABLE") ? new SslClientAuthenticationOptions { TargetHost = host } : null,
            HeartBeat = TimeSpan.FromSeconds(2),
            ConnectTimeout = TimeSpan.FromSeconds(3),
            ReceiptTimeout = TimeSpan.FromSeconds(3),
        };
    }
}
