using Verification.Objectives;
using Verification.Tests.Unit.Objectives;
using Xunit;

namespace Verification.Tests.Unit.Cluster;

public sealed class EnvironmentSchemaTests
{
    private static readonly string Managed = Path.Combine(Files.Root, "environments", "managed", "values.yaml");
    private static readonly string Common = Path.Combine(Files.Root, "environments", "common.yaml");

    public static TheoryData<string> Own =>
        [.. Directory.EnumerateFiles(Path.Combine(Files.Root, "environments"), "values.yaml", SearchOption.AllDirectories)];

    [Theory]
    [MemberData(nameof(Own))]
    public void The_values_of_each_environment_are_as_their_schema_says(string file) => DocumentReader.Read(file, "environment");

    [Fact]
    public void What_all_environments_share_is_as_its_schema_says() => DocumentReader.Read(Common, "common");

    [Theory]
    [InlineData("stompPort: 61613", "stompport: 61613")]
    [InlineData("  nodes: 6", "  nodes: 3")]
    [InlineData("  contract: extended", "  contract: whole")]
    [InlineData("schedule: 20 * * * *", "schedule: hourly")]
    [InlineData("stores:\n  enabled: false", "stores:\n  enabled: false\n  mysql: {}")]
    [InlineData("thirdParty:", "thirdparty:")]
    public void A_value_of_all_environments_that_is_wrong_is_refused(string part, string instead)
    {
        var text = File.ReadAllText(Common);
        Assert.Contains(part, text, StringComparison.Ordinal);

        Assert.Throws<DocumentException>(() =>
            DocumentReader.Parse(text.Replace(part, instead, StringComparison.Ordinal), Common, "common")
        );
    }

    [Theory]
    [InlineData("stores: [mysql, redis, broker]", "stores: [mysql, kafka]")]
    [InlineData("stores: [mysql, redis, broker]", "stores: []")]
    [InlineData("networks: [10.30.0.0/19, ", "networks: [0.0.0.0/0, ")]
    [InlineData("  authorities: sportbuff-authorities\n", "")]
    [InlineData("  tls: true", "  tsl: true")]
    [InlineData("stompPort: 61614", "stompPort: stomp")]
    [InlineData("maximum: 8, ", "")]
    [InlineData("  spread: DoNotSchedule\n", "  spread: DoNotSchedule\n  contract: basic\n")]
    [InlineData("cpuPercent: 60", "cpuPercent: 600")]
    [InlineData("inAfterSeconds: 300", "inAfterSeconds: 300, queue: {messages: 200}")]
    [InlineData("inAfterSeconds: 300", "inAfterSecond: 300")]
    public void A_value_that_is_wrong_is_refused_with_its_place(string part, string instead)
    {
        var text = File.ReadAllText(Managed);
        Assert.Contains(part, text, StringComparison.Ordinal);

        var error = Assert.Throws<DocumentException>(() =>
            DocumentReader.Parse(text.Replace(part, instead, StringComparison.Ordinal), Managed, "environment")
        );

        Assert.True(error.Line > 0);
    }
}
