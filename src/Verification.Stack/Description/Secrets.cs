using System.Security.Cryptography;
using Verification.Objectives;
using Verification.Stack.Certificates;

namespace Verification.Stack;

/// <summary>The credentials of a stack, in clear, and the certificate of the authority its broker's is issued by. Never written but to the run's secrets folder.</summary>
public sealed record Secrets(
    string MysqlRootPassword,
    string MysqlUser,
    string MysqlPassword,
    string MysqlDatabase,
    string RedisPassword,
    string BrokerUser,
    string BrokerPassword,
    string BrokerAuthority)
{
    private const string Characters = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789";
    private const int Length = 24;

    /// <summary>Makes credentials for one run and writes them to its secrets folder, readable by the owner only.</summary>
    /// <returns>The credentials, and where <c>stack.json</c> finds them.</returns>
    public static (Secrets Clear, StackCredentials Where) Generate(RunFolder folder)
    {
        Directory.CreateDirectory(folder.Secrets, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var (authority, trusted) = CertificateAuthority.CreateFor(folder);
        using var disposal = authority;
        var clear = new Secrets(Random(), "sportbuff", Random(), "sportbuff", Random(), "sportbuff", Random(), authority.Pem);
        return (clear, new StackCredentials(
            RunSecret.Write(folder, "mysql-root-password", clear.MysqlRootPassword),
            RunSecret.Write(folder, "mysql-user", clear.MysqlUser),
            RunSecret.Write(folder, "mysql-password", clear.MysqlPassword),
            RunSecret.Write(folder, "mysql-database", clear.MysqlDatabase),
            RunSecret.Write(folder, "redis-password", clear.RedisPassword),
            RunSecret.Write(folder, "broker-user", clear.BrokerUser),
            RunSecret.Write(folder, "broker-password", clear.BrokerPassword),
            trusted));
    }

    /// <summary>Reads the credentials that a <c>stack.json</c> names.</summary>
    /// <param name="where">Where they are.</param>
    /// <param name="folder">Folder of <c>stack.json</c>.</param>
    /// <exception cref="DocumentException">A variable is not set, a file is not there, or the reference is neither <c>env:</c> nor <c>file:</c>.</exception>
    public static Secrets Read(StackCredentials where, string folder) => new(
        Resolve(where.MysqlRootPassword, folder),
        Resolve(where.MysqlUser, folder),
        Resolve(where.MysqlPassword, folder),
        Resolve(where.MysqlDatabase, folder),
        Resolve(where.RedisPassword, folder),
        Resolve(where.BrokerUser, folder),
        Resolve(where.BrokerPassword, folder),
        Resolve(where.BrokerAuthority, folder));

    private static string Random() => RandomNumberGenerator.GetString(Characters, Length);

    private static string Resolve(string reference, string folder)
    {
        var file = Path.Combine(folder, "stack.json");
        if (reference.StartsWith("env:", StringComparison.Ordinal))
        {
            return Environment.GetEnvironmentVariable(reference[4..])
                ?? throw new DocumentException(file, 0, 0, $"credential '{reference}': the environment variable {reference[4..]} is not set");
        }

        if (!reference.StartsWith("file:", StringComparison.Ordinal))
            throw new DocumentException(file, 0, 0, $"credential '{reference}': expected env:NAME or file:PATH");

        var path = Path.Combine(folder, reference[5..]);
        return File.Exists(path)
            ? File.ReadAllText(path).TrimEnd('\n')
            : throw new DocumentException(file, 0, 0, $"credential '{reference}': {path} is not there. The secrets of a stack go with it; start a new one.");
    }
}
