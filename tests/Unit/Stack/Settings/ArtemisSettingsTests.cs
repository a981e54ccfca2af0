using System.Text.Json;
using Verification.Stack.Components.Artemis;
using Verification.Stack.Components.Brokers;
using Verification.Stack.Settings;
using Verification.Tests.Unit.Objectives;
using Xunit;

namespace Verification.Tests.Unit.Stack.Settings;

public sealed class ArtemisSettingsTests : IDisposable
{
    private const string Configuration = """
        <configuration xmlns="urn:activemq">
          <core xmlns="urn:activemq:core">
            <journal-file-size>10M</journal-file-size>
            <journal-datasync>true</journal-datasync>
            <acceptors>
              <acceptor name="stomp">tcp://0.0.0.0:61613?protocols=STOMP;anycastPrefix=/queue/;keyStorePath=${artemis.instance}/etc/broker.pem</acceptor>
            </acceptors>
            <security-settings>
              <security-setting match="#">
                <permission type="send" roles="amq"/>
                <permission type="consume" roles="amq"/>
              </security-setting>
            </security-settings>
            <addresses>
              <address name="buffs"><anycast><queue name="buffs"><durable>true</durable></queue></anycast></address>
            </addresses>
            <address-settings>
              <address-setting match="#"><max-size-bytes>32M</max-size-bytes><address-full-policy>PAGE</address-full-policy></address-setting>
              <address-setting match="buffs"><max-delivery-attempts>50</max-delivery-attempts></address-setting>
            </address-settings>
          </core>
        </configuration>
        """;

    private readonly OwnFolder folder = new();
    private readonly CannedResources broker = new(
        new Dictionary<string, string>
        {
            ["broker journalFileSize"] = "10485760",
            ["broker getAcceptorsAsJSON "] =
                """[{"name":"stomp","params":{"port":"61613"},"extraProps":{"protocols":"STOMP","anycastPrefix":"/queue/"}}]""",
            ["queue.buffs routingType"] = "\"ANYCAST\"",
            ["queue.buffs durable"] = "true",
            ["address.buffs getRolesAsJSON "] = """[{"name":"amq","send":true,"consume":true,"manage":false}]""",
            ["broker getAddressSettingsAsJSON buffs"] =
                """{"maxSizeBytes":33554432,"addressFullMessagePolicy":"PAGE","maxDeliveryAttempts":50}""",
            ["broker getAddressSettingsAsJSON DLQ.buffs"] = """{"maxSizeBytes":33554432,"addressFullMessagePolicy":"PAGE"}""",
        }
    );

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_broker_that_works_as_written_has_no_deviation()
    {
        var comparison = await CompareAsync();

        Assert.Empty(comparison.Deviations);
        // The file size; port and two parameters of the acceptor; routing type and durability; permissions; three settings of buffs, two of
        // its dead letters.
        Assert.Equal(12, comparison.Compared);
    }

    [Theory]
    [InlineData("broker journalFileSize", "1", "artemis: journal-file-size is 1, config/ says 10485760")]
    [InlineData("broker getAcceptorsAsJSON ", "[]", "artemis: acceptor stomp port is not told, config/ says 61613")]
    [InlineData("queue.buffs routingType", "\"MULTICAST\"", "artemis: queue buffs routing type is MULTICAST, config/ says ANYCAST")]
    [InlineData("queue.buffs durable", "false", "artemis: queue buffs durable is false, config/ says true")]
    [InlineData(
        "address.buffs getRolesAsJSON ",
        """[{"name":"amq","send":true,"consume":true,"manage":true}]""",
        "artemis: permissions is consume amq, manage amq, send amq, config/ says consume amq, send amq"
    )]
    [InlineData(
        "broker getAddressSettingsAsJSON buffs",
        """{"maxSizeBytes":33554432,"addressFullMessagePolicy":"DROP","maxDeliveryAttempts":50}""",
        "artemis: address buffs address-full-policy is DROP, config/ says PAGE"
    )]
    public async Task What_differs_or_is_not_told_is_named_with_both_values(string question, string answer, string deviation)
    {
        broker.Answers[question] = answer;

        Assert.Equal(deviation, (await CompareAsync()).Deviations[0].ToString());
    }

    [Fact]
    public async Task What_the_broker_refuses_to_tell_is_a_deviation()
    {
        broker.Answers.Remove("queue.buffs durable");

        Assert.Equal(
            "artemis: queue buffs durable is not told, config/ says true",
            Assert.Single((await CompareAsync()).Deviations).ToString()
        );
    }

    private Task<SettingsComparison> CompareAsync() =>
        ArtemisSettings.CompareAsync(folder.Holding("broker.xml", Configuration), broker, TestContext.Current.CancellationToken);

    /// <summary>Management whose answers are written down, by resource and what is asked.</summary>
    private sealed class CannedResources(Dictionary<string, string> answers) : IArtemisResources
    {
        public Dictionary<string, string> Answers => answers;

        public Task<JsonElement> AttributeAsync(string resource, string attribute, CancellationToken cancellationToken) =>
            AnswerAsync($"{resource} {attribute}");

        public Task<JsonElement> OperationAsync(
            string resource,
            string operation,
            IReadOnlyList<string> arguments,
            CancellationToken cancellationToken
        ) => AnswerAsync($"{resource} {operation} {string.Join(' ', arguments)}");

        private Task<JsonElement> AnswerAsync(string question) =>
            answers.TryGetValue(question, out var answer)
                ? Task.FromResult(JsonElement.Parse(answer))
                : throw new ManagementRefusedException(question);
    }
}
