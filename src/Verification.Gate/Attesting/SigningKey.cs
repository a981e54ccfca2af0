using System.Security.Cryptography;
using Verification.Gate.Commands;
using Verification.Stack.Sessions;

namespace Verification.Gate.Attesting;

/// <summary>The key that signs verdicts. Only the fingerprint of its public part is told.</summary>
internal sealed class SigningKey : IDisposable
{
    private readonly ECDsa key;

    private SigningKey(ECDsa key) => (this.key, Public) = (key, VerifyingKey.Of(key));

    /// <summary>Its public part.</summary>
    public VerifyingKey Public { get; }

    /// <summary>The key of the file that <c>VERIFY_SIGNING_KEY</c> names; null where it names none.</summary>
    /// <exception cref="UsageException">It can't be used.</exception>
    public static SigningKey? OfEnvironment() => VerifyVariables.Value(VerifyVariables.SigningKey) is { } file ? Read(file) : null;

    /// <summary>Reads the key of a file.</summary>
    /// <param name="file">PEM, ECDSA on the curve P-256, not encrypted.</param>
    /// <exception cref="UsageException">It can't be used.</exception>
    public static SigningKey Read(string file) => new(PemKey.ReadPrivate(VerifyVariables.SigningKey, file));

    /// <summary>The signature of some bytes: ECDSA over SHA-256, as ASN.1 DER (RFC 3279), which openssl and cosign read.</summary>
    public byte[] Sign(byte[] data) => key.SignData(data, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);

    public void Dispose()
    {
        key.Dispose();
        Public.Dispose();
    }
}
