using System.Globalization;
using Verification.Stack.Components.Brokers;
using Verification.Stack.Components.MySql;
using Verification.Stack.Components.Redis;

namespace Verification.Stack.Components.Services;

/// <summary>The environment that the contract names for the services.</summary>
internal static class ContractEnvironment
{
    /// <summary>Where a service finds the certificate of the run's authority.</summary>
    public const string AuthorityFile = "/run/verification/ca.crt";

    /// <summary>How a service reaches the broker.</summary>
    public static Dictionary<string, string> Broker(Surroundings around)
    {
        var credentials = new BrokerCredentials(around.Secrets);
        return new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["MQHOST"] = around.HostOf(InstanceRole.Broker),
            ["MQPORT"] = (around.Sut.Tls ? BrokerPorts.StompTls : BrokerPorts.Stomp).ToString(CultureInfo.InvariantCulture),
            ["MQUSERNAME"] = credentials.User,
            ["MQPASSWORD"] = credentials.Password,
            ["MQTLSENABLE"] = around.Sut.Tls ? "true" : "false",
            ["MQPROTOCOL"] = "tcp",
            // Where OpenSSL, and what stands on it, finds whom to trust.
            ["SSL_CERT_FILE"] = AuthorityFile,
        };
    }

    /// <summary>How a service reaches the broker, MySQL and Redis.</summary>
    public static Dictionary<string, string> BrokerAndStores(Surroundings around)
    {
        var mysql = new MySqlCredentials(around.Secrets);
        return new Dictionary<string, string>(Broker(around), StringComparer.Ordinal)
        {
            ["DBNAME"] = mysql.Database,
            ["DBHOST"] = around.HostOf(InstanceRole.Mysql),
            ["DBPORT"] = MySqlComponent.Port.ToString(CultureInfo.InvariantCulture),
            ["DBUSER"] = mysql.User,
            ["DBPASS"] = mysql.Password,
            ["REDISHOSTS"] = string.Join(',', RedisHosts(around)),
            ["REDISPASSWORD"] = new RedisCredentials(around.Secrets).Password,
        };
    }

    /// <summary>The nodes that a service asks first, of which it learns the others.</summary>
    internal static IEnumerable<string> RedisHosts(Surroundings around) =>
        around.AnnouncedBy(InstanceRole.Redis) is { } link
            ? RedisLink.Of(around.InstancesOf(InstanceRole.Redis)).Select(node => $"{link}:{node.Port}")
            : around.HostsOf(InstanceRole.Redis).Select(node => $"{node}:{RedisComponent.Port}");

    /// <summary>An environment with further variables, which stand instead of its own.</summary>
    public static IReadOnlyDictionary<string, string> With(
        this Dictionary<string, string> contract,
        IReadOnlyDictionary<string, string> further
    )
    {
        foreach (var (name, value) in further)
            contract[name] = value;
        return contract;
    }
}
