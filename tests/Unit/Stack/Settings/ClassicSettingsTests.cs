using Verification.Stack.Components.Classic;
using Verification.Tests.Unit.Objectives;
using Xunit;

namespace Verification.Tests.Unit.Stack.Settings;

/// <summary>The project's own configuration of Classic beside what its statistics tell.</summary>
public sealed class ClassicSettingsTests
{
    private static readonly string Own = Path.Combine(Files.Root, "config", "classic", "activemq.xml");

    private readonly Dictionary<string, string> broker = new(StringComparer.Ordinal)
    {
        ["brokerName"] = "buffs",
        ["memoryLimit"] = "50331648",
        ["storeLimit"] = "1073741824",
        ["tempLimit"] = "134217728",
        ["openwire"] = "tcp://2f1c:61616?maximumConnections=1000&wireFormat.maxFrameSize=16777216",
        ["stomp"] = "stomp://2f1c:61613?maximumConnections=1000&wireFormat.maxFrameSize=16777216",
        ["stomp+ssl"] =
            "stomp+ssl://2f1c:61614?maximumConnections=1000&wireFormat.maxFrameSize=16777216&transport.enabledProtocols=TLSv1.2,TLSv1.3",
    };

    private readonly Dictionary<string, string> queue = new(StringComparer.Ordinal) { ["memoryLimit"] = "33554432" };

    [Fact]
    public void A_broker_that_works_as_written_has_no_deviation()
    {
        var comparison = ClassicSettings.Compare(Own, broker, queue);

        Assert.Empty(comparison.Deviations);
        Assert.Equal(8, comparison.Compared);
    }

    [Theory]
    [InlineData("storeLimit", "1", "classic: storeLimit is 1, config/ says 1073741824")]
    [InlineData(
        "stomp",
        "stomp://2f1c:61613?maximumConnections=10",
        "classic: connector stomp is :61613?maximumConnections=10, config/ says :61613?maximumConnections=1000&wireFormat.maxFrameSize=16777216"
    )]
    [InlineData(
        "stomp",
        null,
        "classic: connector stomp is not told, config/ says :61613?maximumConnections=1000&wireFormat.maxFrameSize=16777216"
    )]
    [InlineData("brokerName", "localhost", "classic: brokerName is localhost, config/ says buffs")]
    public void What_differs_or_is_not_told_is_named_with_both_values(string name, string? told, string deviation)
    {
        broker.Remove(name);
        if (told is not null)
            broker[name] = told;

        Assert.Equal(deviation, Assert.Single(ClassicSettings.Compare(Own, broker, queue).Deviations).ToString());
    }

    [Fact]
    public void The_limit_of_the_queue_is_compared_too() =>
        Assert.Equal(
            "classic: queue memoryLimit is not told, config/ says 33554432",
            Assert.Single(ClassicSettings.Compare(Own, broker, new Dictionary<string, string>()).Deviations).ToString()
        );
}
