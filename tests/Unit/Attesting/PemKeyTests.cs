using System.Security.Cryptography;
using Verification.Gate.Attesting;
using Verification.Gate.Commands;
using Verification.Tests.Unit.Gate;
using Xunit;

namespace Verification.Tests.Unit.Attesting;

public sealed class PemKeyTests : IDisposable
{
    private const string Private =
        "Name the PEM file of an unencrypted private ECDSA key on the curve P-256; openssl ecparam -name prime256v1 -genkey -noout -out FILE makes one.";
    private const string Public =
        "Name the PEM file of a public ECDSA key on the curve P-256; openssl ec -in PRIVATE -pubout -out FILE makes one.";
    private readonly TemporaryFolder folder = new();
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public void Dispose()
    {
        key.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void A_private_key_is_read_in_each_form_that_openssl_writes()
    {
        var parameters = "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n";
        foreach (
            var pem in new[] { key.ExportPkcs8PrivateKeyPem(), key.ExportECPrivateKeyPem(), $"{parameters}{key.ExportECPrivateKeyPem()}\n" }
        )
        {
            using var read = PemKey.ReadPrivate("VERIFY_SIGNING_KEY", folder.File("key.pem", pem));

            Assert.Equal(key.ExportSubjectPublicKeyInfo(), read.ExportSubjectPublicKeyInfo());
        }
    }

    [Fact]
    public void What_signs_no_verdict_is_refused_in_a_sentence()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        using var bitcoin = ECDsa.Create(ECCurve.CreateFromFriendlyName("secp256k1"));
        using var rsa = RSA.Create(2048);
        var encrypted = key.ExportEncryptedPkcs8PrivateKeyPem(
            "secret",
            new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1)
        );

        Refused("it holds a PUBLIC KEY, and a private key is wanted", key.ExportSubjectPublicKeyInfoPem());
        Refused("its key is on another curve than P-256", other.ExportECPrivateKeyPem());
        Refused("its key is on another curve than P-256", bitcoin.ExportPkcs8PrivateKeyPem());
        Refused("its key is no ECDSA key", rsa.ExportPkcs8PrivateKeyPem());
        Refused("its key is encrypted, and nobody is asked for a password", encrypted);
        Refused("it holds no PEM", "secret");
        Refused("it holds no PEM", "");

        void Refused(string problem, string content)
        {
            var file = folder.File("key.pem", content);

            Assert.Equal(
                $"VERIFY_SIGNING_KEY {file}: {problem}. {Private}",
                Assert.Throws<UsageException>(() => PemKey.ReadPrivate("VERIFY_SIGNING_KEY", file)).Message
            );
        }
    }

    [Fact]
    public void What_a_signature_can_not_be_held_against_is_refused_in_a_sentence()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP521);
        var file = folder.File("key.pub", key.ExportECPrivateKeyPem());

        Assert.Equal(
            $"--key {file}: it holds a EC PRIVATE KEY, and a public key is wanted. {Public}",
            Assert.Throws<UsageException>(() => PemKey.ReadPublic("--key", file)).Message
        );
        folder.File("key.pub", other.ExportSubjectPublicKeyInfoPem());
        Assert.Equal(
            $"--key {file}: its key is on another curve than P-256. {Public}",
            Assert.Throws<UsageException>(() => PemKey.ReadPublic("--key", file)).Message
        );
    }

    [Fact]
    public void A_file_that_is_not_there_or_is_none_is_told()
    {
        Assert.StartsWith(
            "VERIFY_SIGNING_KEY /no/such.pem: there is no such file. Name ",
            Assert.Throws<UsageException>(() => PemKey.ReadPrivate("VERIFY_SIGNING_KEY", "/no/such.pem")).Message
        );
        Assert.StartsWith(
            $"VERIFY_SIGNING_KEY {folder.Path}: there is no such file. Name ",
            Assert.Throws<UsageException>(() => PemKey.ReadPrivate("VERIFY_SIGNING_KEY", folder.Path)).Message
        );
    }
}
