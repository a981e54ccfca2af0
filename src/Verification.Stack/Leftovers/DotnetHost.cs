using System.Runtime.InteropServices;

namespace Verification.Stack.Leftovers;

/// <summary>The <c>dotnet</c> program that this process runs on.</summary>
public static class DotnetHost
{
    /// <summary>Absolute path of <c>dotnet</c>.</summary>
    public static string Path { get; } = Find();

    /// <summary>Its root folder, which holds <c>shared/</c>.</summary>
    public static string Root => System.IO.Path.GetDirectoryName(Path)!;

    // <root>/shared/Microsoft.NETCore.App/<version>/ is where the runtime's own assemblies lie.
    private static string Find() =>
        System.IO.Path.GetFullPath(System.IO.Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));
}
