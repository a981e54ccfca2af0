namespace Verification.Stack.Components.RestStore;

/// <summary>Where restic's REST server has the repositories: at one port for who may remove, at another one for who can only add.</summary>
public static class RestStoreAddress
{
    /// <summary>Its role, which the contract of the system under test doesn't know.</summary>
    public static Role Role { get; } = new("rest-store");

    /// <summary>The port inside at which all may be done.</summary>
    public const int WholePort = 8080;

    /// <summary>The port inside at which nothing that is there can be removed or changed but locks.</summary>
    public const int AddingPort = 8081;

    /// <summary>The place of the repositories, as the procedures of <c>config/backup/</c> name it.</summary>
    /// <param name="host">Name of the server in the network.</param>
    /// <param name="removes">Whether for who may remove.</param>
    public static string Repository(string host, bool removes) => $"rest:http://{host}:{(removes ? WholePort : AddingPort)}/backup";
}
