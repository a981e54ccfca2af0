namespace Verification.Stack.Images.Services;

/// <summary>The shared runtimes of the dotnet that runs this program.</summary>
/// <param name="Root">Its folder.</param>
/// <param name="Version">Version of the runtime.</param>
internal sealed record DotnetRuntime(string Root, string Version)
{
    /// <summary>Finds them.</summary>
    /// <exception cref="DirectoryNotFoundException">This .NET has no ASP.NET Core runtime of the version that runs.</exception>
    public static DotnetRuntime Find()
    {
        var runtime = Path.TrimEndingDirectorySeparator(System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory());
        var found = new DotnetRuntime(Path.GetFullPath(Path.Combine(runtime, "..", "..", "..")), Path.GetFileName(runtime));
        foreach (var (_, folder) in found.Folders())
        {
            if (!Directory.Exists(folder))
                throw new DirectoryNotFoundException(
                    $"{folder} is missing: this .NET has no ASP.NET Core runtime {found.Version}. Install the .NET SDK, which holds it."
                );
        }

        return found;
    }

    /// <summary>What goes into an image: path there, folder here.</summary>
    public IEnumerable<(string Path, string Folder)> Folders() =>
        new[] { $"host/fxr/{Version}", $"shared/Microsoft.NETCore.App/{Version}", $"shared/Microsoft.AspNetCore.App/{Version}" }.Select(p =>
            ($"usr/share/dotnet/{p}", Path.Combine(Root, p))
        );

    /// <summary>The muxer.</summary>
    public string Muxer => Path.Combine(Root, "dotnet");
}
