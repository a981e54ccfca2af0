namespace Verification.Stack.Components.Brokers;

/// <summary>The credentials of a broker, and whom its clients are to trust.</summary>
/// <param name="secrets">Those of the stack.</param>
internal sealed class BrokerCredentials(Secrets secrets)
{
    private const string UserName = "broker-user";
    private const string PasswordName = "broker-password";

    /// <summary>What a stack must have of them.</summary>
    public static IReadOnlyList<Credential> Wanted { get; } = [Credential.Fixed(UserName, "sportbuff"), Credential.Generated(PasswordName)];

    /// <summary>The services' user.</summary>
    public string User => secrets[UserName];

    /// <summary>Password of the services' user.</summary>
    public string Password => secrets[PasswordName];

    /// <summary>The certificate of the authority that issued the broker's, as PEM.</summary>
    public string Authority => secrets[Secrets.BrokerAuthority];
}
