using System.Text;
using System.Text.Json;
using SportBuff.Server.Storage;
using Xunit;

namespace Verification.Tests.Unit.Services;

/// <summary>What the Server takes from the queue for a buff.</summary>
public sealed class QueuedBuffTests
{
    [Fact]
    public void A_buff_is_read_as_the_Dashboard_wrote_it()
    {
        var buff = Read("""{"question":"who \ud83d\ude00","answers":["me","\u4f60"]}""");

        Assert.Equal("who \U0001F600", buff?.Question);
        Assert.Equal(["me", "\u4f60"], buff?.Answers);
    }

    [Theory]
    [InlineData("")]
    [InlineData("who")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"question":"who"}""")]
    [InlineData("""{"answers":["me"]}""")]
    [InlineData("""{"question":null,"answers":["me"]}""")]
    [InlineData("""{"question":"who","answers":null}""")]
    [InlineData("""{"question":"who","answers":[1]}""")]
    [InlineData("""{"question":7,"answers":["me"]}""")]
    public void What_is_no_buff_is_a_JSON_error_which_the_consumer_buries(string message) =>
        Assert.Throws<JsonException>(() => Read(message));

    private static Buff? Read(string message) => JsonSerializer.Deserialize(Encoding.UTF8.GetBytes(message), ServerJson.Default.Buff);
}
