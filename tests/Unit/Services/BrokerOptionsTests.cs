using SportBuff;
using Xunit;

namespace Verification.Tests.Unit.Services;

[Collection(EnvironmentCollection.Name)]
public sealed class BrokerOptionsTests : IDisposable
{
    private static readonly string[] Names = ["MQHOST", "MQPORT", "MQUSERNAME", "MQPASSWORD", "MQTLSENABLE", "MQPROTOCOL"];
    private readonly Dictionary<string, string?> before = Names.ToDictionary(name => name, Environment.GetEnvironmentVariable);

    public BrokerOptionsTests()
    {
        foreach (var name in Names)
            Environment.SetEnvironmentVariable(name, null);
        Environment.SetEnvironmentVariable("MQHOST", "broker");
        Environment.SetEnvironmentVariable("MQPORT", "61613");
    }

    public void Dispose()
    {
        foreach (var (name, value) in before)
            Environment.SetEnvironmentVariable(name, value);
    }

    [Fact]
    public void Host_and_port_suffice()
    {
        var options = BrokerOptions.FromEnvironment();

        Assert.Equal(("broker", 61613, null, null), (options.Host, options.Port, options.Login, options.Passcode));
        Assert.Null(options.Tls);
    }

    [Fact]
    public void Credentials_and_TLS_are_taken_and_TLS_expects_the_host()
    {
        Environment.SetEnvironmentVariable("MQUSERNAME", "user");
        Environment.SetEnvironmentVariable("MQPASSWORD", "secret");
        Environment.SetEnvironmentVariable("MQTLSENABLE", "true");
        Environment.SetEnvironmentVariable("MQPROTOCOL", "tcp");
        var options = BrokerOptions.FromEnvironment();

        Assert.Equal(("user", "secret", "broker"), (options.Login, options.Passcode, options.Tls?.TargetHost));
    }

    [Theory]
    [InlineData("MQHOST", null)]
    [InlineData("MQHOST", "")]
    [InlineData("MQPORT", null)]
    [InlineData("MQPORT", "stomp")]
    [InlineData("MQPORT", "0")]
    [InlineData("MQPORT", "-1")]
    [InlineData("MQPORT", "65536")]
    [InlineData("MQTLSENABLE", "yes")]
    [InlineData("MQPROTOCOL", "ssl")]
    public void A_wrong_variable_is_named(string name, string? value)
    {
        Environment.SetEnvironmentVariable(name, value);

        Assert.Contains(name, Assert.Throws<ConfigurationException>(BrokerOptions.FromEnvironment).Message, StringComparison.Ordinal);
    }
}
