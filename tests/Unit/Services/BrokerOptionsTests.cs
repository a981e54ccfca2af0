using SportBuff;
using Verification.Stomp;
using Xunit;

namespace Verification.Tests.Unit.Services;

public sealed class BrokerOptionsTests
{
    private static readonly (string Name, string? Value)[] Good = [("MQHOST", "broker"), ("MQPORT", "61613")];

    [Fact]
    public void Host_and_port_suffice()
    {
        var options = Assert.Single(Read(Good));

        Assert.Equal(("broker", 61613, null, null), (options.Host, options.Port, options.Login, options.Passcode));
        Assert.Null(options.Tls);
    }

    [Fact]
    public void Credentials_and_TLS_are_taken_and_TLS_expects_the_host()
    {
        var options = Assert.Single(
            Read([.. Good, ("MQUSERNAME", "user"), ("MQPASSWORD", "secret"), ("MQTLSENABLE", "true"), ("MQPROTOCOL", "tcp")])
        );

        Assert.Equal(("user", "secret", "broker"), (options.Login, options.Passcode, options.Tls?.TargetHost));
    }

    [Theory]
    [InlineData("a", "a:61613")]
    [InlineData("a,b", "a:61613 b:61613")]
    [InlineData("a:1, b , c:3,", "a:1 b:61613 c:3")]
    [InlineData("10.0.0.1:1,[fd00::1]:2,fd00::2", "10.0.0.1:1 fd00::1:2 fd00::2:61613")]
    public void MQHOST_lists_brokers_and_MQPORT_is_the_port_of_those_without_one(string hosts, string expected) =>
        Assert.Equal(expected, string.Join(' ', Read([.. Good, ("MQHOST", hosts)]).Select(options => $"{options.Host}:{options.Port}")));

    [Fact]
    public void Where_each_broker_has_its_port_MQPORT_is_not_needed() =>
        Assert.Equal([1, 2], Read([("MQHOST", "a:1,b:2")]).Select(options => options.Port));

    [Fact]
    public void Each_broker_of_the_list_is_expected_to_show_its_own_name() =>
        Assert.Equal(["a", "b"], Read([.. Good, ("MQHOST", "a,b"), ("MQTLSENABLE", "true")]).Select(options => options.Tls!.TargetHost));

    [Theory]
    [InlineData("MQHOST", null)]
    [InlineData("MQHOST", "")]
    [InlineData("MQHOST", ",")]
    [InlineData("MQHOST", "a:stomp")]
    [InlineData("MQHOST", "stomp://a")]
    [InlineData("MQPORT", "stomp")]
    [InlineData("MQPORT", "0")]
    [InlineData("MQPORT", "-1")]
    [InlineData("MQPORT", "65536")]
    [InlineData("MQPORT", " 61613")]
    [InlineData("MQTLSENABLE", "yes")]
    [InlineData("MQPROTOCOL", "ssl")]
    public void A_wrong_variable_is_named(string name, string? value) =>
        Assert.Contains(
            name,
            Assert.Throws<ConfigurationException>(() => Read([.. Good, (name, value)])).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void Without_any_port_it_is_said_where_one_can_be_given()
    {
        var message = Assert.Throws<ConfigurationException>(() => Read([("MQHOST", "a")])).Message;

        Assert.Equal("MQHOST is 'a', expected host:port,…, or host,… with the port in MQPORT", message);
    }

    [Theory]
    [InlineData("/does/not/exist.pem")]
    [InlineData("/etc/hostname")]
    public void A_file_of_authorities_without_any_is_named(string file) =>
        Assert.Contains(
            "SSL_CERT_FILE",
            Assert.Throws<ConfigurationException>(() => Read([.. Good, ("MQTLSENABLE", "true"), ("SSL_CERT_FILE", file)])).Message,
            StringComparison.Ordinal
        );

    private static IReadOnlyList<StompOptions> Read(params (string Name, string? Value)[] variables)
    {
        var environment = Variables.Of(variables);
        var brokers = BrokerOptions.Read(environment);
        environment.Check();
        return brokers.Brokers;
    }
}
