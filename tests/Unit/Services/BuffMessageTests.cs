using System.Text;
using SportBuff.Server.Consuming;
using Verification.Stomp;
using Xunit;

namespace Verification.Tests.Unit.Services;

/// <summary>What the Server takes from the queue for a buff, and under which key it stores it.</summary>
public sealed class BuffMessageTests
{
    private const string Good = """{"question":"who","answers":["me"]}""";

    [Fact]
    public void A_buff_is_read_as_the_Dashboard_wrote_it()
    {
        var queued = BuffMessage.Read(Message("""{"question":"who \ud83d\ude00 \u0000","answers":["me","\u4f60"]}"""), out _);

        Assert.Equal("who \U0001F600 \0", queued?.Buff.Question);
        Assert.Equal(["me", "\u4f60"], queued?.Buff.Answers);
    }

    [Theory]
    [InlineData("")]
    [InlineData("who")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"question":"who"}""")]
    [InlineData("""{"answers":["me"]}""")]
    [InlineData("""{"question":null,"answers":["me"]}""")]
    [InlineData("""{"question":"who","answers":null}""")]
    [InlineData("""{"question":"who","answers":[null]}""")]
    [InlineData("""{"question":"who","answers":["me",null]}""")]
    [InlineData("""{"question":"who","answers":[1]}""")]
    [InlineData("""{"question":7,"answers":["me"]}""")]
    [InlineData("""{"question":"\ud800","answers":["me"]}""")]
    [InlineData("""{"question":"who","answers":["\udc00"]}""")]
    public void What_is_no_buff_is_told_with_its_cause(string body)
    {
        Assert.Null(BuffMessage.Read(Message(body), out var cause));
        Assert.StartsWith("no buff: expected JSON with a question and answers", cause, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_UTF8_is_no_buff() =>
        Assert.Null(
            BuffMessage.Read(new StompMessage(new StompHeaders(), new byte[] { (byte)'{', (byte)'"', 0xff, (byte)'"', (byte)'}' }), out _)
        );

    [Fact]
    public void A_text_that_is_no_UTF8_is_no_buff() =>
        Assert.Null(
            BuffMessage.Read(
                new StompMessage(new StompHeaders(), Encoding.Latin1.GetBytes("{\"question\":\"\u00ff\",\"answers\":[\"me\"]}")),
                out _
            )
        );

    [Fact]
    public void A_message_that_MySQL_could_not_take_in_one_packet_is_no_buff()
    {
        var largest = new string('x', BuffMessage.MostBytes - """{"question":"","answers":["me"]}""".Length);

        Assert.NotNull(BuffMessage.Read(Message($$"""{"question":"{{largest}}","answers":["me"]}"""), out _));
        Assert.Null(BuffMessage.Read(Message($$"""{"question":"{{largest}}x","answers":["me"]}"""), out var cause));
        Assert.Contains($"at most {BuffMessage.MostBytes}", cause, StringComparison.Ordinal);
    }

    [Fact]
    public void A_buff_keeps_the_name_its_publisher_gave_it() =>
        Assert.Equal("b1", Key(Good, ("buff-id", "b1"), ("message-id", "7"), ("timestamp", "1")));

    [Theory]
    [InlineData("message-id", "8")]
    [InlineData("timestamp", "1700000000001")]
    public void Without_a_name_another_message_of_any_broker_has_another_key(string header, string value)
    {
        (string, string)[] first = [("message-id", "7"), ("timestamp", "1700000000000")];

        Assert.Equal(Key(Good, first), Key(Good, [.. first, ("redelivered", "true"), ("ack", "a2")]));
        Assert.NotEqual(Key(Good, first), Key(Good, [(header, value), .. first]));
        Assert.NotEqual(Key(Good, first), Key(Good + " ", first));
        Assert.NotEqual(Key(Good, first), Key(Good, [.. first, ("buff-id", "7")]));
    }

    [Fact]
    public void On_Artemis_whose_message_id_begins_with_the_consumers_each_delivery_has_the_same_key()
    {
        Assert.Equal(Key(Good, ("message-id", "18,17"), ("timestamp", "1")), Key(Good, ("message-id", "33,17"), ("timestamp", "1")));
        Assert.NotEqual(Key(Good, ("message-id", "18,17"), ("timestamp", "1")), Key(Good, ("message-id", "18,18"), ("timestamp", "1")));
    }

    [Fact]
    public void An_empty_name_is_none() =>
        Assert.NotEqual(Key(Good, ("buff-id", ""), ("message-id", "7")), Key(Good, ("buff-id", ""), ("message-id", "8")));

    [Theory]
    [InlineData("1700000000123", "2023-11-14T22:13:20.123Z")]
    [InlineData("0", null)]
    [InlineData("-1", null)]
    [InlineData("99999999999999999", null)]
    [InlineData("yesterday", null)]
    [InlineData(null, null)]
    public void The_time_of_a_message_is_its_brokers_where_that_tells_one(string? timestamp, string? expected) =>
        Assert.Equal(
            expected is null ? null : DateTimeOffset.Parse(expected),
            BuffMessage.Published(timestamp is null ? Message(Good) : Message(Good, ("timestamp", timestamp)))
        );

    private static string? Key(string body, params (string Name, string Value)[] headers) =>
        BuffMessage.Read(Message(body, headers), out _)?.Key;

    private static StompMessage Message(string body, params (string Name, string Value)[] headers)
    {
        var all = new StompHeaders();
        foreach (var (name, value) in headers)
            all.Add(name, value);
        return new StompMessage(all, Encoding.UTF8.GetBytes(body));
    }
}
