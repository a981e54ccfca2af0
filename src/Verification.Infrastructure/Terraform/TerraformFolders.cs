namespace Verification.Infrastructure.Terraform;

/// <summary>The folders of Terraform that the project has.</summary>
public static class TerraformFolders
{
    /// <summary>Where all of it lies, from the root of the project.</summary>
    public const string Root = "infra/terraform";

    /// <summary>What is laid over an environment that is applied to the simulator, from <see cref="Root"/>.</summary>
    public const string Override = "simulator/override.tf";

    /// <summary>The place of the states, from <see cref="Root"/>.</summary>
    public const string State = "state";

    /// <summary>The folders that are applied: the environments, and the place of their state. What pins their providers lies in
    /// each.</summary>
    /// <param name="root">A copy of <see cref="Root"/>, or the original.</param>
    /// <returns>Their paths from there.</returns>
    public static IReadOnlyList<string> Applied(string root) => [State, .. Environments(root)];

    /// <summary>The environments.</summary>
    /// <inheritdoc cref="Applied"/>
    public static IReadOnlyList<string> Environments(string root) => Below(root, "environments");

    /// <summary>The modules that have tests.</summary>
    /// <inheritdoc cref="Applied"/>
    public static IReadOnlyList<string> Tested(string root) =>
        [.. Below(root, "modules").Where(module => Directory.Exists(Path.Combine(root, module, "tests")))];

    private static IReadOnlyList<string> Below(string root, string folder) =>
        [
            .. Directory
                .EnumerateDirectories(Path.Combine(root, folder))
                .Select(each => Path.GetRelativePath(root, each))
                .Order(StringComparer.Ordinal),
        ];
}
