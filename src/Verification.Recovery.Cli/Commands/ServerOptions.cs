using System.CommandLine;
using MySqlConnector;

namespace Verification.Recovery.Commands;

/// <summary>Which server a command reads: one on a socket, or one of another machine, over TLS.</summary>
internal sealed class ServerOptions
{
    private readonly Option<string> server = new("--server")
    {
        Description = "Path of the server's socket, or the name of its host.",
        Required = true,
    };
    private readonly Option<uint> port = new("--port")
    {
        Description = "Its port, where it is on a host.",
        DefaultValueFactory = _ => 3306,
    };
    private readonly Option<string> user = new("--user") { Description = "An account that may read everything.", Required = true };
    private readonly Option<FileInfo?> password = new("--password-file")
    {
        Description = "The file that holds its password; without it none is given.",
    };

    /// <summary>Gives them to a command.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(server);
        command.Options.Add(port);
        command.Options.Add(user);
        command.Options.Add(password);
    }

    /// <summary>Reads all that the server holds.</summary>
    /// <exception cref="MySqlException">It can't be reached, or a table can't be read.</exception>
    public async Task<DatabaseContent> ReadAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var address = parsed.GetRequiredValue(server);
        var isSocket = address.StartsWith('/');
        var options = new MySqlConnectionStringBuilder
        {
            Server = address,
            Port = parsed.GetValue(port),
            ConnectionProtocol = isSocket ? MySqlConnectionProtocol.UnixSocket : MySqlConnectionProtocol.Tcp,
            SslMode = isSocket ? MySqlSslMode.Disabled : MySqlSslMode.Required,
            UserID = parsed.GetRequiredValue(user),
            Password = parsed.GetValue(password) is { } file
                ? (await File.ReadAllTextAsync(file.FullName, cancellationToken).ConfigureAwait(false)).TrimEnd('\n')
                : "",
            AllowZeroDateTime = true,
            Pooling = false,
        };
        var connection = new MySqlConnection(options.ConnectionString);
        await using var disposal = connection.ConfigureAwait(false);
        await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
        return await new ContentReader(connection).ReadAsync(accounts: true, cancellationToken).ConfigureAwait(false);
    }
}
