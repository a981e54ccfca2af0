using System.Text.Json;
using Verification.Stack.Components.Classic;
using Xunit;

namespace Verification.Tests.Unit.Stack.Brokers;

public sealed class ClassicStatisticsTests
{
    [Fact]
    public void Texts_and_numbers_of_an_answer_are_figures_by_name()
    {
        var figures = ClassicStatistics.FiguresOf(
            """{"map":{"entry":[{"string":["brokerName","buffs"]},{"string":"size","long":12},{"string":"averageEnqueueTime","double":0.5},{"string":"consumerCount","int":1}]}}"""u8
        );

        Assert.Equal(
            new Dictionary<string, string>
            {
                ["brokerName"] = "buffs",
                ["size"] = "12",
                ["averageEnqueueTime"] = "0.5",
                ["consumerCount"] = "1",
            },
            figures
        );
    }

    [Fact]
    public void What_is_no_map_is_no_answer() => Assert.ThrowsAny<Exception>(() => ClassicStatistics.FiguresOf("""{"list":[]}"""u8));

    [Fact]
    public void What_is_no_JSON_is_no_answer() => Assert.ThrowsAny<JsonException>(() => ClassicStatistics.FiguresOf("<map/>"u8));
}
