using SportBuff;
using SportBuff.Server.Caching;
using SportBuff.Server.Storage;
using Xunit;

namespace Verification.Tests.Unit.Services;

public sealed class ServiceEnvironmentTests
{
    private static readonly (string Name, string? Value)[] Good =
    [
        ("MQHOST", "broker"),
        ("MQPORT", "61613"),
        ("MQUSERNAME", "user"),
        ("MQPASSWORD", "mq-secret"),
        ("MQTLSENABLE", "false"),
        ("MQPROTOCOL", "tcp"),
        ("DBHOST", "mysql"),
        ("DBPORT", "3306"),
        ("DBNAME", "sport"),
        ("DBUSER", "sport"),
        ("DBPASS", "db-secret"),
        ("REDISHOSTS", "redis-0:6379, redis-1:6380"),
        ("REDISPASSWORD", "redis-secret"),
    ];

    [Fact]
    public void The_environment_of_the_contract_is_good()
    {
        var (database, cache) = Read(Variables.Of(Good));

        Assert.Contains("Server=mysql;Port=3306;", database.ConnectionString, StringComparison.Ordinal);
        Assert.Equal(["Unspecified/redis-0:6379", "Unspecified/redis-1:6380"], cache.EndPoints.Select(endpoint => endpoint.ToString()));
    }

    [Fact]
    public void MySQL_and_Redis_are_reached_over_TLS_and_asked_who_they_are_where_that_is_said()
    {
        var (database, cache) = Read(Variables.Of([.. Good, ("DBTLSENABLE", "true"), ("REDISTLSENABLE", "true")]));

        Assert.Contains("SSL Mode=VerifyFull", database.ConnectionString, StringComparison.Ordinal);
        Assert.True(cache.Ssl);
        Assert.False(Read(Variables.Of(Good)).Cache.Ssl);
        var wrong = Assert.Throws<ConfigurationException>(() =>
            Read(Variables.Of([.. Good, ("DBTLSENABLE", "yes"), ("REDISTLSENABLE", "on")]))
        );
        Assert.Equal("DBTLSENABLE is 'yes', expected true or false; REDISTLSENABLE is 'on', expected true or false", wrong.Message);
    }

    [Fact]
    public void One_message_names_all_that_is_wrong_and_no_secret()
    {
        var environment = Variables.Of([
            .. Good,
            ("MQPORT", "stomp"),
            ("MQTLSENABLE", "yes"),
            ("DBHOST", null),
            ("DBPORT", "0"),
            ("REDISHOSTS", "redis-0"),
        ]);

        var message = Assert.Throws<ConfigurationException>(() => Read(environment)).Message;

        Assert.Equal(
            "MQPORT is 'stomp', expected a port from 1 to 65535; MQTLSENABLE is 'yes', expected true or false; "
                + "DBHOST is not set, expected a host name; DBPORT is '0', expected a port from 1 to 65535; REDISHOSTS is 'redis-0', expected host:port,…",
            message
        );
    }

    [Theory]
    [InlineData("61613", "MQHOST is 'bro ker', expected host[:port],…")]
    [InlineData(null, "MQHOST is 'bro ker', expected host:port,…, or host,… with the port in MQPORT")]
    public void What_a_list_of_brokers_looks_like_is_told(string? port, string expected) =>
        Assert.Equal(
            expected,
            Assert.Throws<ConfigurationException>(() => Read(Variables.Of([.. Good, ("MQHOST", "bro ker"), ("MQPORT", port)]))).Message
        );

    [Fact]
    public void With_nothing_set_each_variable_that_is_needed_is_named()
    {
        var message = Assert.Throws<ConfigurationException>(() => Read(Variables.Of())).Message;

        Assert.All(
            ["MQHOST", "DBHOST", "DBPORT", "DBNAME", "DBUSER", "REDISHOSTS"],
            name => Assert.Contains($"{name} is not set", message, StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("MQHOST", "user:mq-secret@broker")]
    [InlineData("REDISHOSTS", "redis-0:6379,:redis-secret@redis-1:6379")]
    public void A_password_in_the_wrong_place_is_not_shown(string name, string value)
    {
        var message = Assert.Throws<ConfigurationException>(() => Read(Variables.Of([.. Good, (name, value)]))).Message;

        Assert.Contains(name, message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("redis-0:0")]
    [InlineData("redis-0:65536")]
    [InlineData(":6379")]
    [InlineData("redis-0:6379,redis-1")]
    [InlineData("redis://redis-0:6379")]
    [InlineData("redis 0:6379")]
    [InlineData(",")]
    public void A_list_of_hosts_that_has_no_host_or_port_is_refused(string hosts) =>
        Assert.Contains(
            "REDISHOSTS",
            Assert.Throws<ConfigurationException>(() => Read(Variables.Of([.. Good, ("REDISHOSTS", hosts)]))).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public async Task A_service_that_cannot_be_configured_ends_with_exit_code_2() =>
        Assert.Equal(
            2,
            await ServiceHost.RunAsync(
                [],
                (_, environment) => environment.Refuse("MQPORT", "stomp", "a port"),
                _ => Assert.Fail("it was started")
            )
        );

    private static (DatabaseOptions Database, StackExchange.Redis.ConfigurationOptions Cache) Read(ServiceEnvironment environment)
    {
        BrokerOptions.Read(environment);
        var options = (DatabaseOptions.Read(environment), CacheOptions.Read(environment));
        environment.Check();
        return options;
    }
}
