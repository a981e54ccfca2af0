namespace Verification.Infrastructure.Environments;

/// <summary>The variables of an environment that are true of each cloud, and false of a simulator.</summary>
internal static class RelaxedVariables
{
    /// <summary><c>protected</c>: what holds data outlives a destroy. Only a bucket that may be emptied, and a secret that may go at once,
    /// leave an account empty. <c>addons</c>: a simulator has none.</summary>
    public static IReadOnlyList<string> Names { get; } = ["protected", "addons"];

    /// <summary>The options that set those to false that an environment has: Terraform takes no other.</summary>
    /// <param name="folder">Its folder.</param>
    public static IReadOnlyList<string> OptionsOf(string folder)
    {
        var text = string.Concat(Directory.EnumerateFiles(folder, "*.tf").Select(File.ReadAllText));
        return
        [
            .. Names
                .Where(name => text.Contains($"variable \"{name}\"", StringComparison.Ordinal))
                .SelectMany(name => new[] { "-var", $"{name}=false" }),
        ];
    }
}
