namespace Verification.Stack.Components.ObjectStore;

/// <summary>The credentials of the S3 target.</summary>
/// <param name="secrets">Those of the stack.</param>
internal sealed class ObjectStoreCredentials(Secrets secrets)
{
    private const string UserName = "object-store-user";
    private const string SecretName = "object-store-secret";

    /// <summary>What a stack must have of them.</summary>
    public static IReadOnlyList<Credential> Wanted { get; } = [Credential.Fixed(UserName, "backup"), Credential.Generated(SecretName)];

    /// <summary>The access key.</summary>
    public string User => secrets[UserName];

    /// <summary>The secret key.</summary>
    public string Secret => secrets[SecretName];

    /// <summary>Both as the credentials file that programs of AWS read.</summary>
    public string File => $"[default]\naws_access_key_id = {User}\naws_secret_access_key = {Secret}\n";
}
