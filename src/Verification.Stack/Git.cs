using CliWrap;

namespace Verification.Stack;

/// <summary>git in a folder, about the repository that the folder is in: within a hook, the environment names another.</summary>
public static class Git
{
    private static readonly string[] Elsewhere =
    [
        "GIT_DIR",
        "GIT_WORK_TREE",
        "GIT_INDEX_FILE",
        "GIT_COMMON_DIR",
        "GIT_OBJECT_DIRECTORY",
        "GIT_ALTERNATE_OBJECT_DIRECTORIES",
        "GIT_PREFIX",
        "GIT_NAMESPACE",
    ];

    /// <summary>The command; whatever its exit code, it is no exception.</summary>
    /// <param name="folder">Where it works.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="variables">Further variables of its environment.</param>
    public static Command In(
        string folder,
        IReadOnlyList<string> arguments,
        params IReadOnlyList<(string Name, string? Value)> variables
    ) =>
        Cli.Wrap("git")
            .WithArguments(arguments)
            .WithWorkingDirectory(folder)
            .WithEnvironmentVariables(
                Elsewhere
                    .Select(name => (Name: name, Value: (string?)null))
                    .Concat(variables)
                    .ToDictionary(each => each.Name, each => each.Value, StringComparer.Ordinal)
            )
            .WithValidation(CommandResultValidation.None);
}
