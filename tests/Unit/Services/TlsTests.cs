using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using SportBuff;
using Verification.Stomp;
using Xunit;

namespace Verification.Tests.Unit.Services;

/// <summary>TLS to the broker as the services set it up: MQTLSENABLE, SSL_CERT_FILE.</summary>
public sealed class TlsTests : IDisposable
{
    private readonly string file = Path.GetTempFileName();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => File.Delete(file);

    [Fact]
    public async Task A_broker_whose_authority_is_trusted_and_whose_name_is_right_is_let_in()
    {
        using var authority = new Authority();
        await using var broker = new TlsBroker(authority.Certificate(IPAddress.Loopback, validDays: 1));

        await using var connection = await ConnectAsync(broker, authority);
        Assert.Equal($"127.0.0.1:{broker.Port}", connection.Peer);
    }

    [Fact]
    public async Task A_broker_of_another_authority_is_refused()
    {
        using var authority = new Authority();
        using var other = new Authority();
        await using var broker = new TlsBroker(authority.Certificate(IPAddress.Loopback, validDays: 1));

        await Assert.ThrowsAsync<StompConnectionException>(() => ConnectAsync(broker, other));
    }

    [Fact]
    public async Task A_broker_of_another_name_is_refused()
    {
        using var authority = new Authority();
        await using var broker = new TlsBroker(authority.Certificate(IPAddress.Parse("127.0.0.2"), validDays: 1));

        await Assert.ThrowsAsync<StompConnectionException>(() => ConnectAsync(broker, authority));
    }

    [Fact]
    public async Task A_certificate_past_its_day_is_refused()
    {
        using var authority = new Authority();
        await using var broker = new TlsBroker(authority.Certificate(IPAddress.Loopback, validDays: -1));

        await Assert.ThrowsAsync<StompConnectionException>(() => ConnectAsync(broker, authority));
    }

    [Fact]
    public async Task Without_a_file_the_machines_authorities_are_trusted_and_no_others()
    {
        using var authority = new Authority();
        await using var broker = new TlsBroker(authority.Certificate(IPAddress.Loopback, validDays: 1));

        await Assert.ThrowsAsync<StompConnectionException>(() => ConnectAsync(broker, trusted: null));
    }

    private async Task<StompConnection> ConnectAsync(TlsBroker broker, Authority? trusted)
    {
        if (trusted is not null)
            await File.WriteAllTextAsync(file, trusted.Pem, Cancellation);
        var environment = Variables.Of(
            ("MQHOST", "127.0.0.1"),
            ("MQPORT", $"{broker.Port}"),
            ("MQTLSENABLE", "true"),
            ("SSL_CERT_FILE", trusted is null ? null : file)
        );
        var brokers = BrokerOptions.Read(environment);
        environment.Check();
        return await brokers.ConnectAsync(Cancellation);
    }

    /// <summary>Makes certificates.</summary>
    private sealed class Authority : IDisposable
    {
        private readonly RSA key = RSA.Create(2048);
        private readonly X509Certificate2 certificate;

        public Authority()
        {
            var request = new CertificateRequest(
                $"CN=authority {Guid.NewGuid():N}",
                key,
                HashAlgorithmName.SHA256,
                RSASignaturePadding.Pkcs1
            );
            request.CertificateExtensions.Add(
                new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true)
            );
            certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-10), DateTimeOffset.UtcNow.AddDays(10));
        }

        public string Pem => certificate.ExportCertificatePem();

        public X509Certificate2 Certificate(IPAddress address, int validDays)
        {
            using var own = RSA.Create(2048);
            var request = new CertificateRequest("CN=broker", own, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
            var names = new SubjectAlternativeNameBuilder();
            names.AddIpAddress(address);
            request.CertificateExtensions.Add(names.Build());
            using var signed = request.Create(
                certificate,
                DateTimeOffset.UtcNow.AddDays(-5),
                DateTimeOffset.UtcNow.AddDays(validDays),
                [1, 2, 3]
            );
            return signed.CopyWithPrivateKey(own);
        }

        public void Dispose()
        {
            certificate.Dispose();
            key.Dispose();
        }
    }
}
