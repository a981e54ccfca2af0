using System.Security.Cryptography.X509Certificates;
using Verification.Stomp;
using Xunit;

namespace Verification.Tests.Unit.Stomp;

public sealed class TlsTests : IDisposable
{
    private static readonly DateTimeOffset Tomorrow = DateTimeOffset.UtcNow.AddDays(1);
    private readonly Authority trusted = new("the trusted authority");
    private readonly Authority other = new("another authority");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        trusted.Dispose();
        other.Dispose();
    }

    [Fact]
    public async Task A_broker_with_a_good_certificate_of_a_trusted_authority_is_connected_to()
    {
        using var certificate = trusted.Issue("broker.test", Tomorrow);
        await using var peer = new TlsPeer(certificate);
        var connection = await StompClient.ConnectAsync(peer.Options(trusted.Certificate, "broker.test"), Cancellation);

        Assert.False(connection.Closed.IsCompleted);
        connection.Abort();
    }

    [Fact]
    public async Task An_expired_certificate_is_refused_with_its_dates()
    {
        var yesterday = DateTimeOffset.UtcNow.AddDays(-1);
        using var certificate = trusted.Issue("broker.test", yesterday);
        var message = await RefusalAsync(certificate, "broker.test");

        Assert.Matches(
            $"'CN=broker of broker.test'.* it is valid from [-0-9: ]+ to {yesterday:yyyy-MM-dd HH:mm} UTC, and that is not now",
            message
        );
    }

    [Fact]
    public async Task A_certificate_of_another_authority_is_refused_with_the_issuers_name()
    {
        using var certificate = other.Issue("broker.test", Tomorrow);
        var message = await RefusalAsync(certificate, "broker.test");

        Assert.Contains("issued by 'CN=another authority'", message, StringComparison.Ordinal);
        Assert.Contains("leads to no authority that is trusted here", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_of_another_host_is_refused_with_both_names()
    {
        using var certificate = trusted.Issue("elsewhere.test", Tomorrow);
        var message = await RefusalAsync(certificate, "broker.test");

        Assert.EndsWith("is refused: it is for elsewhere.test, not for broker.test.", message, StringComparison.Ordinal);
    }

    private async Task<string> RefusalAsync(X509Certificate2 certificate, string host)
    {
        await using var peer = new TlsPeer(certificate);
        var refusal = await Assert.ThrowsAsync<StompConnectionException>(() =>
            StompClient.ConnectAsync(peer.Options(trusted.Certificate, host), Cancellation)
        );
        Assert.Matches("^127.0.0.1:[0-9]+ is not trusted: its certificate ", refusal.Message);
        return refusal.Message;
    }
}
