using System.Security.Cryptography;
using Verification.Gate.Commands;

namespace Verification.Gate.Attesting;

/// <summary>The public key that the signature of a verdict is held against.</summary>
internal sealed class VerifyingKey : IDisposable
{
    private readonly ECDsa key;

    private VerifyingKey(ECDsa key)
    {
        this.key = key;
        Fingerprint = Convert.ToHexStringLower(SHA256.HashData(key.ExportSubjectPublicKeyInfo()));
    }

    /// <summary>SHA-256 of its DER (SubjectPublicKeyInfo), lower-case hexadecimal: <c>openssl ec -pubin -in FILE -outform DER |
    /// sha256sum</c>.</summary>
    public string Fingerprint { get; }

    /// <summary>Reads the key of a file.</summary>
    /// <param name="origin">What names the file, for messages.</param>
    /// <param name="file">PEM, ECDSA on the curve P-256.</param>
    /// <exception cref="UsageException">It can't be used.</exception>
    public static VerifyingKey Read(string origin, string file) => new(PemKey.ReadPublic(origin, file));

    /// <summary>The public part of a key.</summary>
    public static VerifyingKey Of(ECDsa key) => new(ECDsa.Create(key.ExportParameters(includePrivateParameters: false)));

    /// <summary>Whether a signature is that of this key over some bytes.</summary>
    public bool Verifies(byte[] data, byte[] signature) =>
        key.VerifyData(data, signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);

    public void Dispose() => key.Dispose();
}
