using System.Security.Cryptography.X509Certificates;

namespace Verification.Stack.Images.Registries;

/// <summary>Whom a client of a registry trusts: the authorities in docker's folder for that registry, where there are some; else those of
/// the machine.</summary>
internal static class RegistryTrust
{
    /// <summary>Where docker keeps them, a folder for each registry.</summary>
    public const string Folder = "/etc/docker/certs.d";

    /// <summary>A handler with that trust.</summary>
    /// <param name="host">The registry's host, with its port if it has one.</param>
    /// <param name="authorities">In place of <see cref="Folder"/>.</param>
    public static SocketsHttpHandler Handler(string host, string authorities)
    {
        var handler = new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(10) };
        var folder = Path.Combine(authorities, host);
        if (!Directory.Exists(folder) || Directory.GetFiles(folder, "*.crt") is not { Length: > 0 } files)
            return handler;
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        foreach (var file in files)
            policy.CustomTrustStore.ImportFromPemFile(file);
        handler.SslOptions.CertificateChainPolicy = policy;
        return handler;
    }
}
