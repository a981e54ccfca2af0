using MySqlConnector;

namespace SportBuff.Server.Storage;

/// <summary>How MySQL is reached (DBNAME, DBHOST, DBPORT, DBUSER, DBPASS, DBPASS_FILE, DBTLSENABLE).</summary>
/// <param name="ConnectionString">With pooling, and time-outs on everything.</param>
internal sealed record DatabaseOptions(string ConnectionString)
{
    private const int ConnectSeconds = 3;
    private const int CommandSeconds = 5;

    /// <summary>What is wrong is noted in the environment.</summary>
    public static DatabaseOptions Read(ServiceEnvironment environment) =>
        new(
            new MySqlConnectionStringBuilder
            {
                Server = environment.Required("DBHOST", "a host name"),
                Port = (uint)environment.Port("DBPORT"),
                Database = environment.Required("DBNAME", "the name of a database"),
                UserID = environment.Required("DBUSER", "the name of a user"),
                Password = environment.Optional("DBPASS") ?? string.Empty,
                // Without it TLS is taken where MySQL offers it, and nobody says who answers. Whom to trust says SSL_CERT_FILE,
                // else the machine.
                SslMode = environment.Flag("DBTLSENABLE") ? MySqlSslMode.VerifyFull : MySqlSslMode.Preferred,
                ConnectionTimeout = ConnectSeconds,
                DefaultCommandTimeout = CommandSeconds,
                MaximumPoolSize = 16,
                CharacterSet = "utf8mb4",
                // An insert that finds its row there counts 0.
                UseAffectedRows = true,
            }.ConnectionString
        )
        {
            PasswordFile = environment.Optional("DBPASS_FILE"),
        };

    /// <summary>The file that has the password as it is now, whatever it was at the start; null for none.</summary>
    public string? PasswordFile { get; init; }

    /// <summary>Nothing of the connection string: it holds the password.</summary>
    public override string ToString() => nameof(DatabaseOptions);
}
