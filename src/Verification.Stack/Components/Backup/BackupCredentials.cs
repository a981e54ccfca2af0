namespace Verification.Stack.Components.Backup;

/// <summary>The credentials of the procedures: their accounts of MySQL, and the key of the repositories.</summary>
/// <param name="secrets">Those of the stack.</param>
internal sealed class BackupCredentials(Secrets secrets)
{
    private const string RepositoryName = "repository-password";

    // Each as config/backup/create-accounts makes it.
    private static readonly string[] Accounts = ["backup", "dumper", "archiver", "rotator", "heartbeat"];

    /// <summary>What a stack must have of them.</summary>
    public static IReadOnlyList<Credential> Wanted { get; } =
    [.. Accounts.Select(account => Credential.Generated(NameOf(account))), Credential.Generated(RepositoryName)];

    /// <summary>The content of each file of secrets that the procedures read, by its name.</summary>
    public IReadOnlyDictionary<string, string> Files =>
        Wanted.ToDictionary(credential => credential.Name, credential => secrets[credential.Name], StringComparer.Ordinal);

    private static string NameOf(string account) => $"{account}-password";
}
