using System.Runtime.InteropServices;
using System.Text;
using CliWrap;
using CliWrap.Buffered;
using Verification.Stack.Leftovers;

namespace Verification.Stack.Images.Services;

/// <summary>Publishes the services with the .NET SDK, into a folder of its own: the checkout's bin and obj are not touched.</summary>
public static class ServicePublisher
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(5);

    /// <summary>Publishes projects in one build.</summary>
    /// <param name="root">The checkout.</param>
    /// <param name="projects">Project files, from the root.</param>
    /// <param name="folder">Where everything goes; the caller removes it.</param>
    /// <param name="cancellationToken">Ends the build.</param>
    /// <returns>The published folder of each project.</returns>
    /// <exception cref="InvalidOperationException">The build failed; the message holds its errors.</exception>
    public static async Task<IReadOnlyDictionary<string, string>> PublishAsync(
        ProjectRoot root,
        IReadOnlyCollection<string> projects,
        string folder,
        CancellationToken cancellationToken
    )
    {
        Directory.CreateDirectory(folder);
        var solution = new StringBuilder("<Solution>\n");
        foreach (var project in projects)
            solution.Append($"  <Project Path=\"{System.Security.SecurityElement.Escape(Path.Combine(root.Path, project))}\" />\n");
        var file = Path.Combine(folder, "services.slnx");
        await File.WriteAllTextAsync(file, solution.Append("</Solution>\n").ToString(), cancellationToken).ConfigureAwait(false);

        var artifacts = Path.Combine(folder, "artifacts");
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(Deadline);
        var answer = await Cli.Wrap(Program())
            .WithWorkingDirectory(root.Path)
            .WithArguments([
                "publish",
                file,
                "-c",
                "Release",
                "--artifacts-path",
                artifacts,
                "-nologo",
                "-v",
                "q",
                "-p:UseAppHost=false",
                "-p:RunAnalyzers=false",
                "-p:GenerateDocumentationFile=false",
                "-p:NuGetAudit=false",
                $"-p:CompiledFor=linux-{RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant()}",
                $"-p:PathMap={PathMap((root.Path, "/source"), (artifacts, "/artifacts"))}",
                "-nodeReuse:false",
            ])
            .WithEnvironmentVariables(BuildEnvironment.Changes())
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync(deadline.Token)
            .ConfigureAwait(false);
        if (answer.ExitCode != 0)
        {
            var errors = answer
                .StandardOutput.Split('\n')
                .Concat(answer.StandardError.Split('\n'))
                .Where(l => l.Contains("error", StringComparison.OrdinalIgnoreCase))
                .Distinct()
                .Take(8);
            throw new InvalidOperationException(
                $"dotnet publish ended with {answer.ExitCode}: {string.Join(" | ", errors.Select(e => e.Trim()))}"
            );
        }

        // The SDK names it release, and after the runtime where the project is compiled for one.
        return projects.ToDictionary(
            p => p,
            p => Directory.EnumerateDirectories(Path.Combine(artifacts, "publish", Path.GetFileNameWithoutExtension(p))).Single()
        );
    }

    /// <summary>What the compiler writes in place of folders of this machine: two checkouts of one commit give the same files. Escaped for
    /// the compiler, then for MSBuild.</summary>
    internal static string PathMap(params IReadOnlyList<(string Folder, string Name)> folders) =>
        string.Join(
            "%2C",
            folders.Select(each =>
                $"{each.Folder.Replace("=", "==", StringComparison.Ordinal).Replace(",", ",,", StringComparison.Ordinal).Replace("%", "%25", StringComparison.Ordinal).Replace(";", "%3B", StringComparison.Ordinal).Replace(",", "%2C", StringComparison.Ordinal)}={each.Name}"
            )
        );

    /// <summary>The SDK that this process runs on, where it is one.</summary>
    private static string Program() => Directory.Exists(Path.Combine(DotnetHost.Root, "sdk")) ? DotnetHost.Path : "dotnet";
}
