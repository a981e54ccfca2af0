namespace Verification.Stack.Certificates;

/// <summary>A broker's certificate with its key, in the two forms that brokers read.</summary>
/// <param name="Pem">Key (PKCS #8) and certificate as PEM.</param>
/// <param name="Pkcs12">Both as PKCS #12, under the password <see cref="CertificateAuthority.StorePassword"/>.</param>
public sealed record BrokerCertificate(byte[] Pem, byte[] Pkcs12);
