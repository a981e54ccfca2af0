namespace Verification.Stack.Components.RestStore;

/// <summary>The credentials of restic's REST server: of who may remove, and of who can only add.</summary>
/// <param name="secrets">Those of the stack.</param>
internal sealed class RestStoreCredentials(Secrets secrets)
{
    private const string AddingName = "rest-store-adding-password";
    private const string WholeName = "rest-store-whole-password";

    /// <summary>The user who may remove.</summary>
    public const string WholeUser = "whole";

    /// <summary>The user who can only add.</summary>
    public const string AddingUser = "adding";

    /// <summary>What a stack must have of them.</summary>
    public static IReadOnlyList<Credential> Wanted { get; } = [Credential.Generated(AddingName), Credential.Generated(WholeName)];

    /// <summary>The password of who may remove.</summary>
    public string WholePassword => secrets[WholeName];

    /// <summary>The password of who can only add.</summary>
    public string AddingPassword => secrets[AddingName];

    /// <summary>A pair as the file that the procedures of <c>config/backup/</c> read.</summary>
    /// <param name="removes">Whether that of who may remove.</param>
    public string File(bool removes) => removes ? $"{WholeUser}:{WholePassword}\n" : $"{AddingUser}:{AddingPassword}\n";
}
