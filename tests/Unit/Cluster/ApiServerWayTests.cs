using System.Net;
using System.Net.WebSockets;
using k8s.Autorest;
using Verification.Cluster.Control;
using Verification.Objectives;
using Verification.Stack.Control;
using Verification.Stack.Readiness;
using Xunit;

namespace Verification.Tests.Unit.Cluster;

public sealed class ApiServerWayTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(HttpStatusCode.ServiceUnavailable, true)]
    [InlineData(HttpStatusCode.Unauthorized, true)]
    [InlineData(HttpStatusCode.NotFound, false)]
    // A kubelet that can't reach a port of a pod.
    [InlineData(HttpStatusCode.InternalServerError, false)]
    public void An_answer_about_a_pod_is_no_break_of_the_way(HttpStatusCode status, bool isBreak) =>
        Assert.Equal(
            isBreak,
            ApiServerWay.BreakOf(
                new HttpOperationException { Response = new HttpResponseMessageWrapper(new HttpResponseMessage(status), string.Empty) }
            )
                is not null
        );

    [Fact]
    public void No_answer_is_one_and_a_pod_that_is_not_there_is_none()
    {
        Assert.NotNull(ApiServerWay.BreakOf(new HttpRequestException("refused")));
        Assert.NotNull(ApiServerWay.BreakOf(new WebSocketException("broken off")));
        Assert.Null(ApiServerWay.BreakOf(new InvalidOperationException("Deployment/server has no pod now.")));
    }

    [Fact]
    public async Task A_server_that_stops_answering_is_noticed_while_nobody_else_asks()
    {
        await using var way = new ApiServerWay(TimeProvider.System);
        var asked = 0;
        way.Watch(_ => ++asked == 1 ? Task.CompletedTask : throw new HttpRequestException("refused"));

        await Eventually.IsTrueAsync(
            "a break is noted",
            TimeSpan.FromSeconds(10),
            _ => Task.FromResult(way.Breaks.Count > 0),
            Cancellation
        );

        Assert.Equal("the API server does not answer: refused", way.Breaks[0].Why);
    }

    [Theory]
    [InlineData(HttpStatusCode.Forbidden)]
    [InlineData(HttpStatusCode.InternalServerError)]
    public async Task A_server_that_refuses_the_question_answers_and_is_asked_on(HttpStatusCode status)
    {
        await using var way = new ApiServerWay(TimeProvider.System);
        var asked = 0;
        way.Watch(_ =>
            ++asked < 3
                ? throw new HttpOperationException
                {
                    Response = new HttpResponseMessageWrapper(new HttpResponseMessage(status), string.Empty),
                }
                : throw new HttpRequestException("refused")
        );

        await Eventually.IsTrueAsync(
            "a break is noted",
            TimeSpan.FromSeconds(10),
            _ => Task.FromResult(way.Breaks.Count > 0),
            Cancellation
        );

        Assert.Equal("the API server does not answer: refused", way.Breaks[0].Why);
    }

    [Fact]
    public void What_failed_meanwhile_is_not_known_and_says_what_was_seen()
    {
        var broken = new BrokenWay(new DateTimeOffset(2026, 5, 1, 12, 0, 3, TimeSpan.Zero), "a forward to server-1 broke off");

        var instead = broken.InPlaceOf(
            Measurement.OfUnreached("contract.get", new UnreachedState("GET /buffs answers 200", TimeSpan.FromSeconds(30), "no answer"))
        );

        Assert.Null(instead.Value);
        Assert.Null(instead.Unreached);
        Assert.Equal(
            "the way to the stack broke at 12:00:03 (a forward to server-1 broke off), and what was seen meanwhile says nothing of the stack: not so: GET /buffs answers 200",
            instead.Diagnosis
        );
    }
}
