namespace Verification.Stack.Components.Redis;

/// <summary>The credentials of the Redis cluster.</summary>
/// <param name="secrets">Those of the stack.</param>
internal sealed class RedisCredentials(Secrets secrets)
{
    private const string PasswordName = "redis-password";

    /// <summary>What a stack must have of them.</summary>
    public static IReadOnlyList<Credential> Wanted { get; } = [Credential.Generated(PasswordName)];

    /// <summary>Password of clients, and of nodes among themselves.</summary>
    public string Password => secrets[PasswordName];
}
