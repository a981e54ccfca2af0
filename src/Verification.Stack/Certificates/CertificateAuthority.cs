using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Verification.Objectives;

namespace Verification.Stack.Certificates;

/// <summary>The run's own certificate authority: its key never leaves the secrets of the run.</summary>
public sealed class CertificateAuthority : IDisposable
{
    /// <summary>Password of key stores. What protects them is who may read them.</summary>
    public const string StorePassword = "changeit";

    private const string CertificateFile = "ca.crt";
    private const string KeyFile = "ca.key";
    private readonly X509Certificate2 certificate;

    private CertificateAuthority(X509Certificate2 certificate) => this.certificate = certificate;

    /// <summary>What clients are to trust, as PEM.</summary>
    public string Pem => certificate.ExportCertificatePem();

    /// <summary>Makes an authority that is valid for a year, and keeps nothing.</summary>
    public static CertificateAuthority Create()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Verification run", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(
            new X509BasicConstraintsExtension(
                certificateAuthority: true,
                hasPathLengthConstraint: false,
                pathLengthConstraint: 0,
                critical: true
            )
        );
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true));
        var now = DateTimeOffset.UtcNow;
        return new CertificateAuthority(request.CreateSelfSigned(now.AddDays(-400), now.AddDays(365)));
    }

    /// <summary>Makes the authority of a run, in its secrets folder.</summary>
    /// <returns>The authority, and where <c>stack.json</c> finds what clients are to trust.</returns>
    public static (CertificateAuthority Authority, string Where) CreateFor(RunFolder folder)
    {
        var authority = Create();
        using var key = authority.certificate.GetECDsaPrivateKey()!;
        _ = RunSecret.Write(folder, KeyFile, key.ExportPkcs8PrivateKeyPem());
        return (authority, RunSecret.Write(folder, CertificateFile, authority.Pem));
    }

    /// <summary>Opens the authority of a run that this machine started.</summary>
    /// <exception cref="IOException">It is not there: the secrets of a run go with it.</exception>
    public static CertificateAuthority OpenOf(RunFolder folder) =>
        new(X509Certificate2.CreateFromPemFile(Path.Combine(folder.Secrets, CertificateFile), Path.Combine(folder.Secrets, KeyFile)));

    /// <summary>Issues the certificate of a broker that is reached by its name in a network, and on loopback.</summary>
    /// <param name="hosts">Its names in the network.</param>
    /// <param name="life">How long it is valid from now.</param>
    public BrokerCertificate IssueFor(IReadOnlyList<string> hosts, TimeSpan life) =>
        Issue([.. hosts, "localhost", "127.0.0.1"], DateTimeOffset.UtcNow + life);

    /// <summary>Issues a broker's certificate.</summary>
    /// <param name="names">Host names and addresses it is good for.</param>
    /// <param name="until">Its last moment; it is valid for 90 days before.</param>
    public BrokerCertificate Issue(IReadOnlyList<string> names, DateTimeOffset until)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={names[0]}", key, HashAlgorithmName.SHA256);
        var alternatives = new SubjectAlternativeNameBuilder();
        foreach (var name in names)
        {
            if (IPAddress.TryParse(name, out var address))
                alternatives.AddIpAddress(address);
            else
                alternatives.AddDnsName(name);
        }

        request.CertificateExtensions.Add(alternatives.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], critical: false));
        using var issued = request.Create(certificate, until.AddDays(-90), until, RandomNumberGenerator.GetBytes(16));
        using var whole = issued.CopyWithPrivateKey(key);
        return new BrokerCertificate(
            Encoding.ASCII.GetBytes($"{key.ExportPkcs8PrivateKeyPem()}\n{issued.ExportCertificatePem()}\n"),
            whole.Export(X509ContentType.Pkcs12, StorePassword)
        );
    }

    /// <inheritdoc />
    public void Dispose() => certificate.Dispose();
}
