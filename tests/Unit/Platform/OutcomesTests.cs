using System.Net.Sockets;
using Verification.Objectives;
using Verification.Platform;
using Xunit;

namespace Verification.Tests.Unit.Platforms;

public sealed class OutcomesTests
{
    [Theory]
    [InlineData(200, Outcome.Ok)]
    [InlineData(202, Outcome.Ok)]
    [InlineData(204, Outcome.Ok)]
    [InlineData(302, Outcome.Info)]
    [InlineData(400, Outcome.Fail)]
    [InlineData(404, Outcome.Fail)]
    [InlineData(415, Outcome.Fail)]
    [InlineData(429, Outcome.Fail)]
    [InlineData(500, Outcome.Info)]
    [InlineData(503, Outcome.Info)]
    public void What_a_status_says_of_a_POST(int status, Outcome outcome) => Assert.Equal(outcome, Outcomes.OfPost(status, null));

    public static TheoryData<Exception, Outcome> Errors =>
        new()
        {
            { new HttpRequestException(HttpRequestError.ConnectionError, "refused", new SocketException(111)), Outcome.Fail },
            { new HttpRequestException(HttpRequestError.NameResolutionError, "no such host"), Outcome.Fail },
            { new HttpRequestException(HttpRequestError.SecureConnectionError, "not trusted"), Outcome.Fail },
            { new HttpRequestException(HttpRequestError.ResponseEnded, "broken off"), Outcome.Info },
            { new HttpRequestException("an error while it was sent", new IOException("reset")), Outcome.Info },
            { new TaskCanceledException("10 s are over", new TimeoutException()), Outcome.Info },
            { new IOException("reset"), Outcome.Info },
        };

    [Theory]
    [MemberData(nameof(Errors), DisableDiscoveryEnumeration = true)]
    public void What_no_answer_says_of_a_POST(Exception error, Outcome outcome) => Assert.Equal(outcome, Outcomes.OfPost(0, error));

    [Theory]
    [InlineData(200, Outcome.Ok)]
    [InlineData(204, Outcome.Fail)]
    [InlineData(503, Outcome.Fail)]
    [InlineData(0, Outcome.Fail)]
    public void What_a_status_says_of_a_listing(int status, Outcome outcome) => Assert.Equal(outcome, Outcomes.OfList(status));
}
