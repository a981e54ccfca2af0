using System.Security.Cryptography.X509Certificates;
using System.Text;
using Verification.Objectives;
using Verification.Stack.Certificates;
using Verification.Stack.Components;
using Verification.Tests.Unit.Objectives;
using Xunit;

namespace Verification.Tests.Unit.Stack;

public sealed class CertificateAuthorityTests
{
    [Fact]
    public void Who_trusts_the_authority_takes_its_certificate_under_each_of_its_names()
    {
        using var authority = CertificateAuthority.Create();

        using var issued = Certificate(authority.IssueFor(["activemq"], TimeSpan.FromDays(1)));

        Assert.True(IsTrusted(issued, authority));
        Assert.All(["activemq", "localhost", "127.0.0.1"], name => Assert.True(issued.MatchesHostname(name), name));
        Assert.False(issued.MatchesHostname("redis"));
    }

    [Fact]
    public void Who_trusts_another_authority_does_not()
    {
        using var authority = CertificateAuthority.Create();
        using var other = CertificateAuthority.Create();

        using var issued = Certificate(authority.IssueFor(["activemq"], TimeSpan.FromDays(1)));

        Assert.False(IsTrusted(issued, other));
    }

    [Fact]
    public void A_certificate_can_be_issued_that_has_expired_and_nobody_takes_it()
    {
        using var authority = CertificateAuthority.Create();

        using var expired = Certificate(authority.Issue(["activemq"], DateTimeOffset.UtcNow.AddDays(-1)));

        Assert.False(IsTrusted(expired, authority));
    }

    [Fact]
    public void Both_forms_hold_the_same_certificate_with_its_key()
    {
        using var authority = CertificateAuthority.Create();
        var issued = authority.IssueFor(["activemq"], TimeSpan.FromDays(1));
        var pem = Encoding.ASCII.GetString(issued.Pem);

        using var fromPem = X509Certificate2.CreateFromPem(pem, pem);
        using var fromStore = Certificate(issued);

        Assert.Equal(fromPem.Thumbprint, fromStore.Thumbprint);
        Assert.True(fromPem.HasPrivateKey && fromStore.HasPrivateKey);
    }

    [Fact]
    public void The_authority_of_a_run_is_opened_again_by_its_folder()
    {
        using var folder = new OwnFolder();
        var run = new RunFolder(folder.Path);
        var (secrets, _) = Verification.Stack.Secrets.Generate(run, Array.Empty<Credential>());

        using var again = CertificateAuthority.OpenOf(run);
        using var issued = Certificate(again.IssueFor(["activemq"], TimeSpan.FromDays(1)));

        Assert.Equal(secrets[Verification.Stack.Secrets.BrokerAuthority], again.Pem);
        Assert.True(IsTrusted(issued, again));
    }

    private static X509Certificate2 Certificate(BrokerCertificate issued) =>
        X509CertificateLoader.LoadPkcs12(issued.Pkcs12, CertificateAuthority.StorePassword);

    private static bool IsTrusted(X509Certificate2 certificate, CertificateAuthority authority)
    {
        using var trusted = X509Certificate2.CreateFromPem(authority.Pem);
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(trusted);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return chain.Build(certificate);
    }
}
