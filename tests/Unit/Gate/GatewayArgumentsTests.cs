using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Verification.Gate.Commands;
using Xunit;

namespace Verification.Tests.Unit.Gate;

public sealed class GatewayArgumentsTests
{
    [Fact]
    public void A_way_in_is_taken_with_its_address_its_authority_and_the_place_of_its_token()
    {
        using var folder = new TemporaryFolder();
        var (authority, token) = (Path.Combine(folder.Path, "authority.pem"), Path.Combine(folder.Path, "token"));
        using var key = ECDsa.Create();
        using var certificate = new CertificateRequest("CN=authority", key, HashAlgorithmName.SHA256).CreateSelfSigned(
            DateTimeOffset.UnixEpoch,
            DateTimeOffset.UnixEpoch.AddYears(100)
        );
        File.WriteAllText(authority, certificate.ExportCertificatePem());
        File.WriteAllText(token, "header.claims.signature\n");

        var way = GatewayArguments.Read("https://sportbuff.example:8443/", "127.0.0.1:30443", authority, $"file:{token}");

        Assert.Equal(
            ("https://sportbuff.example:8443", "127.0.0.1:30443", authority),
            (way.Gateway!.Url, way.Gateway.Address, way.Gateway.Authority)
        );
        Assert.Equal($"file:{token}", way.Token);
    }

    [Fact]
    public void Without_a_way_in_there_is_none() =>
        Assert.Equal(new GatewayArguments(null, null), GatewayArguments.Read(null, null, null, null));

    [Theory]
    [InlineData("http://sportbuff.example", null, null, null, "--gateway http://sportbuff.example is no way in: expected https://HOST")]
    [InlineData("sportbuff.example", null, null, null, "--gateway sportbuff.example is no way in")]
    [InlineData("https://sportbuff.example/buffs", null, null, null, "without a path")]
    [InlineData("https://somebody@sportbuff.example", null, null, null, "is no way in")]
    [InlineData("https://sportbuff.example", "loopback", null, null, "--gateway-address: 'loopback' is no address: expected HOST:PORT")]
    [InlineData(
        "https://sportbuff.example",
        null,
        "/nowhere/authority.pem",
        null,
        "--gateway-authority: /nowhere/authority.pem can't be read"
    )]
    [InlineData("https://sportbuff.example", null, null, "header.claims.signature", "--gateway-token")]
    [InlineData("https://sportbuff.example", null, null, "file:/nowhere/token", "--gateway-token")]
    [InlineData("https://sportbuff.example", null, null, "env:VERIFY_NO_SUCH_TOKEN", "--gateway-token")]
    [InlineData(null, "127.0.0.1:30443", null, null, "--gateway-address without --gateway")]
    [InlineData(null, null, "authority.pem", null, "--gateway-authority without --gateway")]
    [InlineData(null, null, null, "env:TOKEN", "--gateway-token without --gateway")]
    public void What_is_none_is_named_with_what_was_expected(
        string? url,
        string? address,
        string? authority,
        string? token,
        string expected
    )
    {
        var error = Assert.Throws<UsageException>(() => GatewayArguments.Read(url, address, authority, token));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("header.claims", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_without_a_certificate_is_no_authority()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "authority.pem");
        File.WriteAllText(file, "nothing\n");

        var error = Assert.Throws<UsageException>(() => GatewayArguments.Read("https://sportbuff.example", null, file, null));

        Assert.Contains("holds no certificate", error.Message, StringComparison.Ordinal);
    }
}
