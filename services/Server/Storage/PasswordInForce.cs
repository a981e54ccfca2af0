using MySqlConnector;

namespace SportBuff.Server.Storage;

/// <summary>How to connect to MySQL now. Where the password stands in a file, it is what that file says now: one that is rotated is taken
/// without a restart, and connections of the one before end once they are given back.</summary>
/// <param name="options">How MySQL is reached.</param>
/// <param name="forget">Ends the connections that were made with a connection string; null for the pool's own way.</param>
internal sealed class PasswordInForce(DatabaseOptions options, Func<string, CancellationToken, Task>? forget = null)
{
    private readonly Lock taking = new();
    private string current = options.ConnectionString;

    public async ValueTask<string> ConnectionStringAsync(CancellationToken cancellationToken)
    {
        if (options.PasswordFile is null)
            return current;
        var (now, before) = Take(options.PasswordFile);
        if (now != before)
            await (forget ?? ForgetAsync)(before, cancellationToken);
        return now;
    }

    private static async Task ForgetAsync(string connectionString, CancellationToken cancellationToken)
    {
        await using var connection = new MySqlConnection(connectionString);
        await MySqlConnection.ClearPoolAsync(connection, cancellationToken);
    }

    private (string Now, string Before) Take(string file)
    {
        lock (taking)
        {
            var before = current;
            current = With(file);
            return (current, before);
        }
    }

    private string With(string file)
    {
        try
        {
            var password = File.ReadAllText(file).TrimEnd('\r', '\n');
            return new MySqlConnectionStringBuilder(current) { Password = password }.ConnectionString;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What it said last is tried; MySQL says whether that is wrong.
            return current;
        }
    }
}
