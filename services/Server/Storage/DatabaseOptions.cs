using MySqlConnector;

namespace SportBuff.Server.Storage;

/// <summary>How MySQL is reached (DBNAME, DBHOST, DBPORT, DBUSER, DBPASS).</summary>
/// <param name="ConnectionString">With pooling, and time-outs on everything.</param>
internal sealed record DatabaseOptions(string ConnectionString)
{
    private const int ConnectSeconds = 3;
    private const int CommandSeconds = 5;

    /// <exception cref="ConfigurationException">A variable is missing or wrong.</exception>
    public static DatabaseOptions FromEnvironment() => new(new MySqlConnectionStringBuilder
    {
        Server = ServiceEnvironment.Required("DBHOST"),
        Port = (uint)ServiceEnvironment.Port("DBPORT"),
        Database = ServiceEnvironment.Required("DBNAME"),
        UserID = ServiceEnvironment.Required("DBUSER"),
        Password = ServiceEnvironment.Optional("DBPASS") ?? string.Empty,
        ConnectionTimeout = ConnectSeconds,
        DefaultCommandTimeout = CommandSeconds,
        MaximumPoolSize = 16,
        CharacterSet = "utf8mb4",
    }.ConnectionString);

    /// <summary>Nothing of the connection string: it holds the password.</summary>
    public override string ToString() => nameof(DatabaseOptions);
}
