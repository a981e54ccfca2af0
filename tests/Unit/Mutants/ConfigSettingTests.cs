using Verification.Gate.Mutants;
using Xunit;

namespace Verification.Tests.Unit.Mutants;

public sealed class ConfigSettingTests
{
    private const string Artemis = """
        <configuration xmlns="urn:activemq">
          <core xmlns="urn:activemq:core">
            <name>buffs</name>
            <acceptors>
              <!-- a comment -->
              <acceptor name="stomp">tcp://0.0.0.0:61613?protocols=STOMP;anycastPrefix=/queue/;sslEnabled=true</acceptor>
              <acceptor name="core">tcp://0.0.0.0:61616?protocols=CORE</acceptor>
            </acceptors>
            <address-settings>
              <address-setting match="#"><auto-create-queues>false</auto-create-queues></address-setting>
            </address-settings>
          </core>
        </configuration>
        """;

    private const string Classic = """
        <beans xmlns="http://www.springframework.org/schema/beans">
          <bean class="Placeholders"/>
          <broker xmlns="http://activemq.apache.org/schema/core" brokerName="buffs">
            <destinations><queue physicalName="buffs"/></destinations>
            <plugins>
              <bean xmlns="http://www.springframework.org/schema/beans" class="Login">
                <property name="users"><bean class="User"><constructor-arg value="a"/></bean></property>
              </bean>
            </plugins>
            <systemUsage><systemUsage><memoryUsage><memoryUsage limit="48mb"/></memoryUsage></systemUsage></systemUsage>
            <transportConnectors>
              <transportConnector name="stomp" uri="stomp://0.0.0.0:61613?maximumConnections=1000&amp;wireFormat.maxFrameSize=16777216"/>
            </transportConnectors>
          </broker>
        </beans>
        """;

    [Fact]
    public void A_line_is_a_setting_and_goes_alone()
    {
        var settings = LineSettings.Of("# comment\n[mysqld]\nsync-binlog = 1\nskip-name-resolve\n").ToList();

        Assert.Equal(["sync-binlog", "skip-name-resolve"], settings.Select(setting => setting.Name));
        Assert.Equal("# comment\n[mysqld]\nskip-name-resolve\n", settings[0].Without);
        Assert.Equal("save", Assert.Single(LineSettings.Of("save \"\"")).Name);
    }

    [Fact]
    public void Elements_entries_and_parameters_of_Artemis_are_settings() =>
        Assert.Equal(
            [
                "name",
                "acceptor/stomp",
                "acceptor/stomp/protocols",
                "acceptor/stomp/anycastPrefix",
                "acceptor/stomp/sslEnabled",
                "acceptor/core",
                "acceptor/core/protocols",
                "address-setting/#/auto-create-queues",
            ],
            XmlSettings.Of(Artemis).Select(setting => setting.Name)
        );

    [Fact]
    public void Attributes_beans_and_parameters_of_Classic_are_settings() =>
        Assert.Equal(
            [
                "brokerName",
                "queue/buffs",
                "bean",
                "property/users",
                "memoryUsage/limit",
                "transportConnector/stomp",
                "transportConnector/stomp/maximumConnections",
                "transportConnector/stomp/wireFormat.maxFrameSize",
            ],
            XmlSettings.Of(Classic).Select(setting => setting.Name)
        );

    [Theory]
    [InlineData("acceptor/stomp/protocols", "61613?anycastPrefix=/queue/;sslEnabled=true<")]
    [InlineData("acceptor/stomp/anycastPrefix", "61613?protocols=STOMP;sslEnabled=true<")]
    [InlineData("acceptor/stomp/sslEnabled", "61613?protocols=STOMP;anycastPrefix=/queue/<")]
    [InlineData("acceptor/core/protocols", "61616<")]
    public void An_address_without_a_parameter_keeps_the_others(string name, string left)
    {
        var without = XmlSettings.Of(Artemis).Single(setting => setting.Name == name).Without;

        Assert.Contains(left, without, StringComparison.Ordinal);
        Assert.Contains("<name>buffs</name>", without, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_the_setting_itself_is_gone()
    {
        var without = XmlSettings.Of(Classic).Single(setting => setting.Name == "brokerName").Without;

        Assert.Equal(
            Classic
                .Replace(" brokerName=\"buffs\"", string.Empty, StringComparison.Ordinal)
                .Replace("\"/>", "\" />", StringComparison.Ordinal),
            without.Replace("\"/>", "\" />", StringComparison.Ordinal)
        );
    }
}
