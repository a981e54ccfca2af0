using System.Globalization;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Verification.Stomp;

/// <summary>Secures a connection, and says of a certificate that is not accepted which it is and why.</summary>
/// <param name="peer">Host and port of the broker.</param>
/// <param name="options">How TLS is spoken. Where they bring no validation of their own, the runtime's rules hold.</param>
internal sealed class TlsHandshake(string peer, SslClientAuthenticationOptions options)
{
    private string? refusal;

    /// <summary>Shakes hands over a stream that is open.</summary>
    /// <returns>The secured stream, which owns the other.</returns>
    /// <exception cref="StompConnectionException">The broker's certificate is not accepted.</exception>
    /// <exception cref="AuthenticationException">The broker speaks no TLS, or none that we accept.</exception>
    public async Task<Stream> SecureAsync(Stream inner, CancellationToken cancellationToken)
    {
        var secured = new SslStream(inner, leaveInnerStreamOpen: false, options.RemoteCertificateValidationCallback is null ? Judge : null);
        try
        {
            await secured.AuthenticateAsClientAsync(options, cancellationToken).ConfigureAwait(false);
            return secured;
        }
        catch (AuthenticationException e) when (refusal is not null)
        {
            await secured.DisposeAsync().ConfigureAwait(false);
            throw new StompConnectionException($"{peer} is not trusted: {refusal}", e);
        }
        catch
        {
            await secured.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private bool Judge(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (errors == SslPolicyErrors.None)
            return true;
        refusal = certificate is X509Certificate2 shown ? Describe(shown, chain, errors) : "it showed no certificate.";
        return false;
    }

    private string Describe(X509Certificate2 certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        var reasons = new List<string>();
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
            reasons.Add($"it is for {Names(certificate)}, not for {options.TargetHost}");
        foreach (var element in chain?.ChainElements.ToArray() ?? [])
        {
            var which = element.Certificate.Equals(certificate) ? "it" : $"the certificate '{element.Certificate.Subject}' above it";
            reasons.AddRange(element.ChainElementStatus.Select(status => $"{which} {Reason(element.Certificate, status)}"));
        }

        return $"its certificate '{certificate.Subject}', issued by '{certificate.Issuer}', is refused: {string.Join("; ", reasons)}.";
    }

    private static string Reason(X509Certificate2 certificate, X509ChainStatus status) =>
        status.Status switch
        {
            X509ChainStatusFlags.NotTimeValid => string.Create(
                CultureInfo.InvariantCulture,
                $"is valid from {certificate.NotBefore.ToUniversalTime():yyyy-MM-dd HH:mm} to {certificate.NotAfter.ToUniversalTime():yyyy-MM-dd HH:mm} UTC, and that is not now"
            ),
            X509ChainStatusFlags.UntrustedRoot or X509ChainStatusFlags.PartialChain =>
                $"leads to no authority that is trusted here ('{certificate.Issuer}' must be among the machine's authorities or in SSL_CERT_FILE)",
            _ => $"has an error: {status.Status} ({status.StatusInformation})",
        };

    private static string Names(X509Certificate2 certificate)
    {
        var names = certificate
            .Extensions.OfType<X509SubjectAlternativeNameExtension>()
            .SelectMany(extension =>
                extension.EnumerateDnsNames().Concat(extension.EnumerateIPAddresses().Select(address => address.ToString()))
            )
            .ToList();
        return names.Count > 0 ? string.Join(", ", names) : "no host";
    }
}
