using System.Security.Cryptography;
using Verification.Gate.Attesting;
using Verification.Tests.Unit.Gate;

namespace Verification.Tests.Unit.Attesting;

/// <summary>Keys made for a test, in files.</summary>
/// <param name="folder">Where they lie.</param>
internal sealed class Keys(TemporaryFolder folder) : IDisposable
{
    private readonly List<IDisposable> read = [];

    /// <summary>A key that signs, and the file of its public part.</summary>
    /// <param name="name">Name of its files.</param>
    public (SigningKey Key, string PrivateFile, string PublicFile) Make(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var (privateFile, publicFile) = (
            folder.File($"{name}.pem", key.ExportECPrivateKeyPem()),
            folder.File($"{name}.pub", key.ExportSubjectPublicKeyInfoPem())
        );
        var signing = SigningKey.Read(privateFile);
        read.Add(signing);
        return (signing, privateFile, publicFile);
    }

    public void Dispose() => read.ForEach(key => key.Dispose());
}
