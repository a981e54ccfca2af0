using System.Globalization;
using Verification.Objectives;
using Verification.Stack.Components.Brokers;
using Verification.Stack.Components.MySql;
using Verification.Stack.Components.Redis;

namespace Verification.Stack.Components.Services;

/// <summary>The environment that the contract names for each service.</summary>
/// <param name="secrets">Credentials of the stack.</param>
/// <param name="mysql">Name of the database in the network.</param>
/// <param name="broker">Name of the broker in the network.</param>
/// <param name="redis">Names of the cache's nodes in the network.</param>
/// <param name="sut">The system under test, whose own variables are added.</param>
internal sealed class ContractEnvironment(Secrets secrets, string mysql, string broker, IReadOnlyList<string> redis, SystemUnderTest sut)
{
    /// <summary>Environment of the Dashboard.</summary>
    public IReadOnlyDictionary<string, string> Dashboard => With(Broker(), sut.Environment.Dashboard);

    /// <summary>Environment of the Server.</summary>
    public IReadOnlyDictionary<string, string> Server => With(
        new Dictionary<string, string>(Broker())
        {
            ["DBNAME"] = secrets.MysqlDatabase,
            ["DBHOST"] = mysql,
            ["DBPORT"] = MySqlComponent.Port.ToString(CultureInfo.InvariantCulture),
            ["DBUSER"] = secrets.MysqlUser,
            ["DBPASS"] = secrets.MysqlPassword,
            ["REDISHOSTS"] = string.Join(',', redis.Select(node => $"{node}:{RedisNodeComponent.Port}")),
            ["REDISPASSWORD"] = secrets.RedisPassword,
        },
        sut.Environment.Server);

    private Dictionary<string, string> Broker() => new()
    {
        ["MQHOST"] = broker,
        ["MQPORT"] = (sut.Tls ? BrokerPorts.StompTls : BrokerPorts.Stomp).ToString(CultureInfo.InvariantCulture),
        ["MQUSERNAME"] = secrets.BrokerUser,
        ["MQPASSWORD"] = secrets.BrokerPassword,
        ["MQTLSENABLE"] = sut.Tls ? "true" : "false",
        ["MQPROTOCOL"] = "tcp",
        // Where OpenSSL, and what stands on it, finds whom to trust.
        ["SSL_CERT_FILE"] = ServiceComponent.AuthorityFile,
    };

    private static Dictionary<string, string> With(Dictionary<string, string> contract, IReadOnlyDictionary<string, string> further)
    {
        foreach (var (name, value) in further)
            contract[name] = value;
        return contract;
    }
}
