using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Prometheus;
using SportBuff;
using SportBuff.Dashboard.Publishing;
using Verification.Stomp;
using Verification.Tests.Unit.Stomp;
using Xunit;

namespace Verification.Tests.Unit.Services;

/// <summary>What a client of <c>POST /buff</c> is answered.</summary>
public sealed class PostBuffTests : IAsyncDisposable
{
    private const string Trace = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private readonly ScriptedBroker broker = new();
    private readonly RunningLifetime lifetime = new();
    private readonly BuffPublisher publisher;
    private readonly ServiceProvider services = new ServiceCollection().AddLogging().BuildServiceProvider();

    public PostBuffTests()
    {
        var metrics = new PublishMetrics(Metrics.WithCustomRegistry(Metrics.NewCustomRegistry()));
        publisher = new BuffPublisher(new BrokerList([broker.Options]), metrics, broker.Time, lifetime, NullLogger<BuffPublisher>.Instance);
        publisher.Start();
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        // The broker goes first: a farewell would wait for its word on a clock that stands still.
        await broker.DisposeAsync();
        await publisher.DisposeAsync();
        lifetime.Dispose();
        await services.DisposeAsync();
    }

    [Fact]
    public async Task A_published_buff_is_answered_200_without_a_body_and_with_the_trace_of_the_request()
    {
        var context = Request("""{"question":"who","answers":["me","you"]}""");
        context.Request.Headers.TraceParent = $"00-{Trace}-00f067aa0ba902b7-01";
        var answering = AnswerAsync(context);
        await broker.ExpectAsync(StompCommand.Connect);
        await broker.SayAsync("CONNECTED\nversion:1.2\n\n\0");
        var frame = await broker.ExpectAsync(StompCommand.Send);
        await broker.ConfirmAsync(frame);
        var body = await answering;

        Assert.Equal((200, 0, ""), (context.Response.StatusCode, context.Response.ContentLength, body));
        Assert.StartsWith($"00-{Trace}-", frame.Headers["traceparent"], StringComparison.Ordinal);
        Assert.Equal(frame.Headers["traceparent"], context.Response.Headers.TraceParent.ToString());
    }

    [Fact]
    public async Task Where_no_broker_takes_it_the_client_is_told_to_come_again_within_the_deadline()
    {
        var context = Request("""{"question":"who","answers":["me","you"]}""");
        var answering = AnswerAsync(context);
        broker.Time.Advance(BuffPublisher.Deadline);
        var body = await answering;

        Assert.Equal(
            (503, "2", "application/problem+json"),
            (context.Response.StatusCode, context.Response.Headers.RetryAfter.ToString(), context.Response.ContentType)
        );
        Assert.Equal(503, JsonDocument.Parse(body).RootElement.GetProperty("status").GetInt32());
    }

    [Theory]
    [InlineData("""{"question":"who"}""", "application/json", 400)]
    [InlineData("""{"question":"who","answers":["me"]}""", "text/plain", 415)]
    public async Task A_bad_request_is_answered_with_its_problem(string request, string contentType, int status)
    {
        var context = Request(request);
        context.Request.ContentType = contentType;
        var body = await AnswerAsync(context);

        using var problem = JsonDocument.Parse(body);
        Assert.Equal((status, "application/problem+json"), (context.Response.StatusCode, context.Response.ContentType));
        Assert.Equal(status, problem.RootElement.GetProperty("status").GetInt32());
        Assert.NotEmpty(problem.RootElement.GetProperty("detail").GetString()!);
    }

    private DefaultHttpContext Request(string body)
    {
        var context = new DefaultHttpContext { RequestServices = services };
        context.Request.ContentType = "application/json";
        context.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes(body));
        context.Response.Body = new MemoryStream();
        return context;
    }

    private async Task<string> AnswerAsync(DefaultHttpContext context)
    {
        var result = await PostBuff.HandleAsync(context, publisher).WaitAsync(Patience, Cancellation);
        await result.ExecuteAsync(context);
        return Encoding.UTF8.GetString(((MemoryStream)context.Response.Body).ToArray());
    }
}
