namespace Verification.Objectives;

/// <summary><c>sut.yaml</c>: an implementation of the contract.</summary>
/// <param name="Name">Its name, for reports.</param>
/// <param name="Images">Its images.</param>
/// <param name="Environment">Variables beyond the contract.</param>
/// <param name="AnonymousBroker">Whether it can't log in to the broker.</param>
/// <param name="Tls">Whether it speaks TLS to the broker.</param>
/// <param name="DdlRights">Whether its database user must be able to make tables.</param>
/// <param name="Extras">Ids of the objectives beyond the contract that it promises.</param>
public sealed record SystemUnderTest(
    string Name,
    ServiceImages Images,
    ServiceEnvironment Environment,
    bool AnonymousBroker,
    bool Tls,
    bool DdlRights,
    IReadOnlyList<string> Extras);

/// <summary>Image names, <c>build</c> for the reference service, or <c>build:PROJECT</c> for another project of the checkout.</summary>
public sealed record ServiceImages(string Dashboard, string Server)
{
    /// <summary>Stands for the reference service of the checkout.</summary>
    public const string Build = "build";

    /// <summary>Stands before the path, from the root of the checkout, of a project that is built as the reference service is.</summary>
    public const string BuildOf = "build:";
}

/// <summary>Further environment of each service.</summary>
public sealed record ServiceEnvironment(IReadOnlyDictionary<string, string> Dashboard, IReadOnlyDictionary<string, string> Server);

/// <summary>Reads <c>sut.yaml</c>.</summary>
public static class SutFile
{
    /// <summary>Reads a file.</summary>
    /// <exception cref="DocumentException">It cannot be used.</exception>
    public static SystemUnderTest Read(string file) => DocumentReader.Read(file, "sut").As<SystemUnderTest>();
}
