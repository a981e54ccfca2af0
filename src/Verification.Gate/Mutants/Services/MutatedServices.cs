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
    private static readonly string[] Parts = ["config", "images", "infra", "services", "src", "tests", "charts", "environments", "docs"];
    private static readonly string[] Built =
    [
        "services/Dashboard/Dashboard.csproj",
        "services/Server/Server.csproj",
        "tests/Unit/Unit.csproj",
    ];
    private static readonly (IReadOnlySet<int> Mutations, IReadOnlySet<string> Names) Nobody = (new HashSet<int>(), new HashSet<string>());
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
            await File.WriteAllTextAsync(
                    properties,
                    (await File.ReadAllTextAsync(properties, cancellationToken).ConfigureAwait(false)).Replace(
                        "<TreatWarningsAsErrors>true",
                        "<TreatWarningsAsErrors>false",
                        StringComparison.Ordinal
                    ),
                    cancellationToken
                )
                .ConfigureAwait(false);
            var sources = await SourcesAsync(Path.Combine(root.Path, "services"), cancellationToken).ConfigureAwait(false);
            var broken = new HashSet<string>(StringComparer.Ordinal);
            var constants = new HashSet<string>(StringComparer.Ordinal);
            for (var build = 1; build <= MostBuilds; build++)
            {
                var scheme = MutationScheme.Of(sources, broken, constants);
                await WriteAsync(scheme, project.Path, cancellationToken).ConfigureAwait(false);
                var (culprits, names) = await CulpritsAsync(scheme, project.Path, cancellationToken).ConfigureAwait(false);
                tell($"services: build {build}, {scheme.Mutations.Count} mutations, {culprits.Count} of them do not compile");
                if (culprits.Count == 0 && names.Count == 0)
                    return new MutatedServices(project, scheme);
                broken.UnionWith(scheme.Mutations.Where(mutation => culprits.Contains(mutation.Id)).Select(mutation => mutation.Key));
                if (culprits.Count == 0 && constants.IsSupersetOf(names))
                    break;
                constants.UnionWith(names);
            }

            throw new InvalidOperationException(
                $"The services with their mutations asleep do not compile, and no mutation is at fault; at most {MostBuilds} builds were tried."
            );
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

    /// <summary>Builds, project after project, and gives the mutations that break the first that does not, or names of constants where none
    /// is at fault; neither where all build.</summary>
    private static async Task<(IReadOnlySet<int> Mutations, IReadOnlySet<string> Names)> CulpritsAsync(
        MutationScheme scheme,
        string root,
        CancellationToken cancellationToken
    )
    {
        foreach (var built in Built)
        {
            var answer = await Cli.Wrap(DotnetHost.Path)
                .WithWorkingDirectory(root)
                .WithArguments([
                    "build",
                    Path.Combine(root, built),
                    "-nologo",
                    "-v",
                    "q",
                    "-tl:off",
                    "-p:RunAnalyzers=false",
                    "-p:GenerateDocumentationFile=false",
                    "-p:NuGetAudit=false",
                    "-nodeReuse:false",
                ])
                .WithEnvironmentVariables(BuildEnvironment.Changes())
                .WithValidation(CommandResultValidation.None)
                .ExecuteBufferedAsync(cancellationToken)
                .ConfigureAwait(false);
            if (answer.ExitCode == 0)
                continue;
            var texts = scheme.Files.ToDictionary(
                file => Path.GetFullPath(Path.Combine(root, "services", file.Path)),
                file => file.Text,
                StringComparer.Ordinal
            );
            var errors = CompileError
                .In(answer.StandardOutput)
                .Select(error => (Error: error, Text: texts.GetValueOrDefault(Path.GetFullPath(error.File))))
                .Where(each => each.Text is not null)
                .ToList();
            if (errors.Count == 0)
                throw new InvalidOperationException(
                    $"{built} of the mutated copy does not build: {string.Join(" | ", answer.StandardOutput.Split('\n').Where(line => line.Contains("error", StringComparison.Ordinal)).Distinct().Take(5))}"
                );
            var culprits = errors.SelectMany(each => each.Error.Culprits(each.Text!, scheme.Mutations)).ToHashSet();
            return (
                culprits,
                culprits.Count > 0
                    ? Nobody.Names
                    : errors.SelectMany(each => each.Error.Names(each.Text!)).ToHashSet(StringComparer.Ordinal)
            );
        }

        return Nobody;
    }
}
