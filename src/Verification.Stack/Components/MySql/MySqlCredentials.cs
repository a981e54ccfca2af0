namespace Verification.Stack.Components.MySql;

/// <summary>The credentials of MySQL.</summary>
/// <param name="secrets">Those of the stack.</param>
internal sealed class MySqlCredentials(Secrets secrets)
{
    private const string RootPasswordName = "mysql-root-password";
    private const string UserName = "mysql-user";
    private const string PasswordName = "mysql-password";
    private const string DatabaseName = "mysql-database";
    private const string ReplicationPasswordName = "mysql-replication-password";

    /// <summary>What a stack must have of them.</summary>
    public static IReadOnlyList<Credential> Wanted { get; } =
    [
        Credential.Generated(RootPasswordName),
        Credential.Fixed(UserName, "sportbuff"),
        Credential.Generated(PasswordName),
        Credential.Fixed(DatabaseName, "sportbuff"),
        Credential.Generated(ReplicationPasswordName),
    ];

    /// <summary>Password of the administrator.</summary>
    public string RootPassword => secrets[RootPasswordName];

    /// <summary>The services' user.</summary>
    public string User => secrets[UserName];

    /// <summary>Password of the services' user.</summary>
    public string Password => secrets[PasswordName];

    /// <summary>The services' database.</summary>
    public string Database => secrets[DatabaseName];

    /// <summary>Password of the account by which a replica follows its source.</summary>
    public string ReplicationPassword => secrets[ReplicationPasswordName];
}
