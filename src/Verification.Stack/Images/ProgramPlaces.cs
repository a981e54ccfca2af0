using Verification.Stack.Components.Artemis;
using Verification.Stack.Sessions;

namespace Verification.Stack.Images;

/// <summary>Where programs that are no component come from: where a variable of their own says, the folder that <c>VERIFY_TOOLS</c>
/// names, then PATH.</summary>
public static class ProgramPlaces
{
    /// <summary>The variable that names the folder.</summary>
    public const string Variable = VerifyVariables.Tools;

    /// <summary>Every file of a program's name, the first to be taken first.</summary>
    /// <param name="program">Its file name.</param>
    public static IReadOnlyList<string> Of(string program) =>
        [.. Named(program).Concat(Folders().Select(folder => Path.Combine(folder, program))).Where(File.Exists)];

    /// <summary>Where it was looked for, as a phrase.</summary>
    public static string Looked() =>
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } tools
            ? $"{Variable} ({tools}{(Directory.Exists(tools) ? "" : ", no folder")}) and PATH ({Environment.GetEnvironmentVariable("PATH")})"
            : $"PATH ({Environment.GetEnvironmentVariable("PATH")}), and {Variable} names no folder";

    /// <summary>The one program of images that a variable of its own may name elsewhere.</summary>
    private static IEnumerable<string> Named(string program) =>
        program == JmxExporter.JarFile && VerifyVariables.Value(VerifyVariables.JmxExporter) is { } file ? [file] : [];

    private static IEnumerable<string> Folders() =>
        new[] { Environment.GetEnvironmentVariable(Variable) ?? "" }
            .Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator))
            .Where(folder => folder.Length > 0);
}
