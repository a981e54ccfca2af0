using Verification.Stack.Components.Brokers;
using Verification.Stack.Components.Classic;
using Xunit;

namespace Verification.Tests.Unit.Stack.Brokers;

public sealed class QueueFiguresTests
{
    [Theory]
    [InlineData(null, "7 messages")]
    [InlineData(2L, "7 messages, 2 of them in hand")]
    public void What_waits_is_told_from_what_is_in_hand_where_the_broker_tells_it(long? inHand, string told) =>
        Assert.Equal(told, $"{new QueueFigures(7, 1, inHand)}");

    [Theory]
    [InlineData(false, null)]
    [InlineData(true, 3L)]
    public void Classic_tells_what_is_in_hand_as_in_flight(bool tells, long? inHand)
    {
        var figures = new Dictionary<string, string>(StringComparer.Ordinal) { ["size"] = "12", ["consumerCount"] = "1" };
        if (tells)
            figures["inflightCount"] = "3";

        Assert.Equal(new QueueFigures(12, 1, inHand), ClassicStatistics.QueueOf(figures));
    }
}
