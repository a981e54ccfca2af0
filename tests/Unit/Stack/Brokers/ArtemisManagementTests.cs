using System.Text;
using Verification.Stack.Components.Artemis;
using Verification.Stack.Components.Brokers;
using Verification.Stomp;
using Verification.Tests.Unit.Stomp;
using Xunit;

namespace Verification.Tests.Unit.Stack.Brokers;

public sealed class ArtemisManagementTests : IAsyncDisposable
{
    private readonly ScriptedBroker broker = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => broker.DisposeAsync();

    [Theory]
    [InlineData("[42]", "42")]
    [InlineData("[\"2.40.0\"]", "2.40.0")]
    [InlineData("[null]", "")]
    [InlineData("[]", "")]
    public void An_answer_is_the_first_of_its_list(string body, string result) =>
        Assert.Equal(result, $"{ArtemisManagement.ResultOf("true", Encoding.UTF8.GetBytes(body), "version", "broker")}");

    [Theory]
    [InlineData("false")]
    [InlineData(null)]
    public void An_answer_that_does_not_say_that_it_succeeded_is_a_refusal_with_its_reason(string? succeeded)
    {
        var thrown = Assert.Throws<ManagementRefusedException>(() =>
            ArtemisManagement.ResultOf(succeeded, "[\"AMQ229022: no such queue\"]"u8, "messageCount", "queue.x")
        );

        Assert.Equal("Artemis's management has no answer to messageCount of queue.x: AMQ229022: no such queue", thrown.Message);
    }

    [Fact]
    public void A_text_is_laid_into_a_message_as_a_mark_its_length_in_bytes_and_UTF16() =>
        Assert.Equal([1, 0, 0, 0, 4, (byte)'[', 0, (byte)']', 0], ArtemisManagement.Encode("[]"));

    [Fact]
    public async Task A_question_names_resource_and_attribute_and_takes_the_answer_that_is_its_own()
    {
        var (management, subscribe) = await OpenAsync();

        var asking = management.VersionAsync(Cancellation);
        var question = await broker.ExpectAsync(StompCommand.Send);
        await broker.ConfirmAsync(question);
        await AnswerAsync(subscribe, "somebody-else", "[\"1.0\"]");
        await AnswerAsync(subscribe, question.Headers["correlation-id"]!, "[\"2.40.0\"]");

        Assert.Equal("2.40.0", await asking);
        Assert.Equal(
            ("activemq.management", "broker", "version"),
            (question.Headers["destination"], question.Headers["_AMQ_ResourceName"], question.Headers["_AMQ_Attribute"])
        );
        Assert.Equal(subscribe.Headers["destination"], question.Headers["reply-to"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[null]")]
    [InlineData("[true]")]
    public async Task An_operation_is_done_whatever_it_gives_back(string result)
    {
        var (management, subscribe) = await OpenAsync();

        var doing = management.DoAsync(ArtemisManagement.Broker, "removeSecuritySettings", ["buffs"], Cancellation);
        var question = await broker.ExpectAsync(StompCommand.Send);
        await broker.ConfirmAsync(question);
        await AnswerAsync(subscribe, question.Headers["correlation-id"]!, result);

        await doing;
        Assert.Equal(("broker", "removeSecuritySettings"), (question.Headers["_AMQ_ResourceName"], question.Headers["_AMQ_OperationName"]));
    }

    [Fact]
    public async Task An_operation_that_is_refused_is_not_taken_for_done()
    {
        var (management, subscribe) = await OpenAsync();

        var doing = management.DoAsync(ArtemisManagement.Broker, "removeSecuritySettings", ["buffs"], Cancellation);
        var question = await broker.ExpectAsync(StompCommand.Send);
        await broker.ConfirmAsync(question);
        await AnswerAsync(subscribe, question.Headers["correlation-id"]!, "[\"no right\"]", succeeded: false);

        var thrown = await Assert.ThrowsAsync<ManagementRefusedException>(() => doing);
        Assert.Equal("Artemis's management has no answer to removeSecuritySettings of broker: no right", thrown.Message);
    }

    private async Task<(ArtemisManagement Management, StompFrame Subscribe)> OpenAsync()
    {
        var opening = ArtemisManagement.OpenAsync(
            broker.Options with
            {
                Time = TimeProvider.System,
                HeartBeat = TimeSpan.Zero,
            },
            Cancellation
        );
        await broker.ExpectAsync(StompCommand.Connect);
        await broker.SayAsync("CONNECTED\nversion:1.2\nheart-beat:0,0\n\n\0");
        var subscribe = await broker.ExpectAsync(StompCommand.Subscribe);
        await broker.ConfirmAsync(subscribe);
        return (await opening, subscribe);
    }

    private Task AnswerAsync(StompFrame subscribe, string correlation, string body, bool succeeded = true) =>
        broker.SayAsync(
            $"MESSAGE\nsubscription:{subscribe.Headers["id"]}\nmessage-id:1\ndestination:management.answers\ncorrelation-id:{correlation}\n_AMQ_OperationSucceeded:{(succeeded ? "true" : "false")}\n\n{body}\0"
        );
}
