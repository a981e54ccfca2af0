using CliWrap;
using CliWrap.Buffered;
using Verification.Mutations;
using Verification.Stack;
using Verification.Stack.Images.Services;
using Verification.Stack.Leftovers;

namespace Verification.Gate.Mutants.Services;

/// <summary>A copy of the project whose services have every mutation in them that compiles, each asleep; gone when disposed.</summary>
internal sealed class MutatedServices : IDisposable
{
    private const int MostBuilds = 25;
    private static readonly string[] Parts = ["config", "images", "infra", "services", "src", "tests", "charts", "environments"];
    private static readonly string[] Built = ["services/Dashboard/Dashboard.csproj", "services/Server/Server.csproj", "tests/Unit/Unit.csproj"];
    private readonly MutatedProject project;

    private MutatedServices(MutatedProject project, MutationScheme scheme) => (this.project, Scheme) = (project, scheme);

    /// <summary>Root of the copy.</summary>
    public ProjectRoot Root => new(project.Path);

    /// <summary>The mutations.</summary>
    public MutationScheme Scheme { get; }

    /// <summary>The unit tests, built with the services as they are in the copy.</summary>
    public string UnitTests => Path.Combine(project.Path, "tests", "Unit", "bin", "Debug", "net10.0", "Unit");

    /// <summary>Mutates the services, and leaves out what does not compile, build after build.</summary>
    /// <param name="root">The project.</param>
    /// <param name="tell">Hears of each build.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="InvalidOperationException">It does not build, and no mutation is at fault.</exception>
    public static async Task<MutatedServices> MakeAsync(ProjectRoot root, Action<string> tell, CancellationToken cancellationToken)
    {
        var project = MutatedProject.CopyOf(root, Parts);
        try
        {
            // What is left behind a switch warns of much.
            var properties = Path.Combine(project.Path, "Directory.Build.props");
            await File.WriteAllTextAsync(properties, (await File.ReadAllTextAsync(properties, cancellationToken).ConfigureAwait(false)).Replace("<TreatWarningsAsErrors>true", "<TreatWarningsAsErrors>false", StringComparison.Ordinal), cancellationToken)
                .ConfigureAwait(false);
            var sources = await SourcesAsync(Path.Combine(root.Path, "services"), cancellationToken).ConfigureAwait(false);
            var broken = new HashSet<int>();
            for (var build = 1; build <= MostBuilds; build++)
            {
                var scheme = MutationScheme.Of(sources, broken);
                await WriteAsync(scheme, project.Path, cancellationToken).ConfigureAwait(false);
                var culprits = await CulpritsAsync(scheme, project.Path, cancellationToken).ConfigureAwait(false);
                tell($"services: build {build}, {scheme.Mutations.Count} mutations, {culprits.Count} of them do not compile");
                if (culprits.Count == 0)
                    return new MutatedServices(project, scheme);
                broken.UnionWith(culprits);
            }

            throw new InvalidOperationException($"The services still do not compile after {MostBuilds} builds, each without the mutations that broke the one before.");
        }
        catch
        {
            project.Dispose();
            throw;
        }
    }

    /// <summary>The sources of the services.</summary>
    public static async Task<IReadOnlyList<SourceFile>> SourcesAsync(string services, CancellationToken cancellationToken)
    {
        var sources = new List<SourceFile>();
        foreach (var file in Directory.EnumerateFiles(services, "*.cs", SearchOption.AllDirectories))
        {
            var path = Path.GetRelativePath(services, file).Replace('\\', '/');
            if (!path.Split('/').Any(part => part is "bin" or "obj"))
                sources.Add(new SourceFile(path, await File.ReadAllTextAsync(file, cancellationToken).ConfigureAwait(false)));
        }

        return sources;
    }

    public void Dispose() => project.Dispose();

    private static async Task WriteAsync(MutationScheme scheme, string root, CancellationToken cancellationToken)
    {
        foreach (var file in scheme.Files)
            await File.WriteAllTextAsync(Path.Combine(root, "services", file.Path), file.Text, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Builds, project after project, and gives what breaks the first that does not; none where all do.</summary>
    private static async Task<IReadOnlyCollection<int>> CulpritsAsync(MutationScheme scheme, string root, CancellationToken cancellationToken)
    {
        foreach (var built in Built)
        {
            var answer = await Cli.Wrap(DotnetHost.Path).WithWorkingDirectory(root)
                .WithArguments(["build", Path.Combine(root, built), "-nologo", "-v", "q", "-tl:off", "-p:RunAnalyzers=false", "-p:GenerateDocumentationFile=false", "-p:NuGetAudit=false", "-nodeReuse:false"])
                .WithEnvironmentVariables(BuildEnvironment.Changes())
                .WithValidation(CommandResultValidation.None).ExecuteBufferedAsync(cancellationToken).ConfigureAwait(false);
            if (answer.ExitCode == 0)
                continue;
            var texts = scheme.Files.ToDictionary(file => Path.GetFullPath(Path.Combine(root, "services", file.Path)), file => file.Text, StringComparer.Ordinal);
            var culprits = CompileError.In(answer.StandardOutput)
                .Where(error => texts.ContainsKey(Path.GetFullPath(error.File)))
                .SelectMany(error => error.Culprits(texts[Path.GetFullPath(error.File)], scheme.Mutations))
                .ToHashSet();
            return culprits.Count > 0
                ? culprits
                : throw new InvalidOperationException($"{built} of the mutated copy does not build: {string.Join(" | ", answer.StandardOutput.Split('\n').Where(line => line.Contains("error", StringComparison.Ordinal)).Distinct().Take(5))}");
        }

        return [];
    }
}
