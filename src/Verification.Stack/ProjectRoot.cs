namespace Verification.Stack;

/// <summary>The checkout whose configuration, images and services are verified. A mutant is verified from a changed copy of it.</summary>
/// <param name="Path">Absolute path of the folder that holds <c>Verification.sln</c>.</param>
public sealed record ProjectRoot(string Path)
{
    /// <summary>Environment variable that names another root than the one the program lies in.</summary>
    public const string Variable = Sessions.VerifyVariables.Root;

    /// <summary>Behaviour of each component.</summary>
    public string Config => In("config");

    /// <summary>How each image is made.</summary>
    public string Images => In("images");

    /// <summary>The reference services.</summary>
    public string Services => In("services");

    /// <summary>Objectives and profiles.</summary>
    public string Gates => In("gates.yaml");

    /// <summary>The system under test.</summary>
    public string Sut => In("sut.yaml");

    /// <summary>What must hold of the settings in effect, apart from <see cref="Config"/>.</summary>
    public string SafeSettings => In("safe-settings.yaml");

    /// <summary>The stored runs.</summary>
    public string Runs => In("runs");

    /// <summary>Finds the root: <c>VERIFY_ROOT</c>, else the nearest folder above the program, then above the working folder, with
    /// <c>Verification.sln</c>.</summary>
    /// <exception cref="DirectoryNotFoundException">There is none, or <c>VERIFY_ROOT</c> names a folder without one.</exception>
    public static ProjectRoot Find()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named)
        {
            return Holds(named)
                ? new ProjectRoot(System.IO.Path.GetFullPath(named))
                : throw new DirectoryNotFoundException(
                    $"{Variable} names {named}, which holds no Verification.sln. Name the root of a checkout."
                );
        }

        return Above(AppContext.BaseDirectory)
            ?? Above(Environment.CurrentDirectory)
            ?? throw new DirectoryNotFoundException(
                $"No folder above {AppContext.BaseDirectory} or {Environment.CurrentDirectory} holds Verification.sln. Start inside a checkout, or set {Variable}."
            );
    }

    private static ProjectRoot? Above(string start)
    {
        for (DirectoryInfo? folder = new(start); folder is not null; folder = folder.Parent)
        {
            if (Holds(folder.FullName))
                return new ProjectRoot(folder.FullName);
        }

        return null;
    }

    private static bool Holds(string folder) => File.Exists(System.IO.Path.Combine(folder, "Verification.sln"));

    private string In(string name) => System.IO.Path.Combine(Path, name);
}
