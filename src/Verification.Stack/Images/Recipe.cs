using System.IO.Enumeration;
using Verification.Stack.Images.Debian;

namespace Verification.Stack.Images;

/// <summary>How an image is made: a folder under <c>images/</c> with a Dockerfile and, for all but services, a list of packages. See
/// <c>images/README.md</c>.</summary>
internal sealed class Recipe
{
    private Recipe(string name, string folder) => (Name, Folder) = (name, folder);

    public string Name { get; }

    public string Folder { get; }

    /// <summary>This recipe's folder and those it includes, the included first.</summary>
    public List<string> Folders { get; } = [];

    /// <summary>Debian suite of all packages: what the recipe names itself, else what it includes does.</summary>
    public string Suite { get; private set; } = "";

    /// <summary>Package whose version is the image's, <c>dotnet</c> for the shared runtime.</summary>
    public string Software { get; private set; } = "";

    /// <summary>Version of software that no package holds; null where a package tells it.</summary>
    public string? Version { get; private set; }

    /// <summary>Packages taken with what they depend on.</summary>
    public List<string> Packages { get; } = [];

    /// <summary>Packages taken without what they depend on.</summary>
    public List<string> Alone { get; } = [];

    /// <summary>Packages taken for present by the resolver, and so left out with what only they need.</summary>
    public List<string> Without { get; } = [];

    /// <summary>What it wants of its suite.</summary>
    public PackageWish Wish => new(Name, Packages, Alone, Without);

    /// <summary>Patterns of paths left out; <c>*</c> stands for anything, slashes too.</summary>
    public List<string> Omit { get; } = [];

    /// <summary>Distributions that no package holds.</summary>
    public List<RecipeArchive> Archives { get; } = [];

    /// <summary>Programs that no package holds.</summary>
    public List<RecipeProgram> Programs { get; } = [];

    /// <summary>The shared runtimes of this machine's dotnet go in.</summary>
    public bool DotnetRuntime { get; private set; }

    /// <summary>Path of the project from the root whose publication the Dockerfile finds in the folder <c>app</c>; null where it needs
    /// none.</summary>
    public string? Project { get; private set; }

    /// <summary>Reads a recipe.</summary>
    /// <exception cref="FormatException">It is missing, or a line can't be read; the message holds file and line.</exception>
    public static Recipe Read(ProjectRoot root, string name)
    {
        var recipe = new Recipe(name, Path.Combine(root.Images, name));
        if (!File.Exists(Path.Combine(recipe.Folder, "Dockerfile")))
            throw new FormatException($"{recipe.Folder} holds no Dockerfile. A recipe is a folder with one; see images/README.md.");
        if (File.Exists(Path.Combine(recipe.Folder, "packages")))
            recipe.ReadOwn(root);
        else
            recipe.Folders.Add(recipe.Folder);
        return recipe;
    }

    /// <summary>Whether a path (no leading slash) stays out of the image.</summary>
    public bool Omits(string path) => Omit.Exists(pattern => FileSystemName.MatchesSimpleExpression(pattern, path, ignoreCase: false));

    private void ReadOwn(ProjectRoot root)
    {
        Suite =
            ReadPackages(root, Name, whole: false)
            ?? throw new FormatException($"{Path.Combine(Folder, "packages")}: no suite is named, here or in what it includes.");
        // Who asks for a package by name gets it, whatever a recipe that it includes does without.
        Without.RemoveAll(package => Packages.Contains(package) || Alone.Contains(package));
    }

    /// <summary>Reads the lines of a recipe that is this one or included.</summary>
    /// <param name="root">The project.</param>
    /// <param name="name">The recipe.</param>
    /// <param name="whole">Whether what it leaves out comes in all the same.</param>
    /// <returns>Its suite; null where none is named.</returns>
    private string? ReadPackages(ProjectRoot root, string name, bool whole)
    {
        var folder = Path.Combine(root.Images, name);
        if (Folders.Contains(folder))
            return null;

        var file = Path.Combine(folder, "packages");
        if (!File.Exists(file))
            throw new FormatException($"{Name} includes {name}, but {file} is missing.");

        string? suite = null;
        var included = new List<string>();
        var number = 0;
        foreach (var line in File.ReadLines(file))
        {
            number++;
            var words = line.Split('#')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            switch (words)
            {
                case []:
                    break;
                case ["suite", var named] when suite is null || suite == named:
                    suite = named;
                    break;
                case ["include", var other]:
                    Add(included, ReadPackages(root, other, whole));
                    break;
                case ["include", var other, "whole"]:
                    Add(included, ReadPackages(root, other, whole: true));
                    break;
                case ["without", _] or ["omit", _] when whole:
                    break;
                default:
                    ReadLine(words, $"{file}({number}): '{line.Trim()}' is no line of a recipe; see images/README.md.");
                    break;
            }
        }

        Folders.Add(folder);
        return suite
            ?? (
                included.Distinct().Count() <= 1
                    ? included.FirstOrDefault()
                    : throw new FormatException(
                        $"{file}: what it includes is of different suites ({string.Join(", ", included)}); name one here."
                    )
            );
    }

    private static void Add(List<string> suites, string? suite)
    {
        if (suite is not null)
            suites.Add(suite);
    }

    private void ReadLine(string[] words, string problem)
    {
        switch (words)
        {
            case ["software", var software]:
                Software = software;
                break;
            case ["software", var software, var version]:
                (Software, Version) = (software, version);
                break;
            case ["archive", var variable, var sha256, var target]:
                Archives.Add(new RecipeArchive(variable, sha256, target));
                break;
            case ["program", var program, var sha256, var target] when !target.StartsWith('/'):
                Programs.Add(new RecipeProgram(program, sha256, target));
                break;
            case ["alone", var package]:
                Alone.Add(package);
                break;
            case ["without", var package]:
                Without.Add(package);
                break;
            case ["omit", var pattern]:
                Omit.Add(pattern);
                break;
            case ["runtime", "dotnet"]:
                DotnetRuntime = true;
                break;
            case ["project", var project] when Project is null && project.EndsWith(".csproj", StringComparison.Ordinal):
                Project = project;
                break;
            case [var package]:
                Packages.Add(package);
                break;
            default:
                throw new FormatException(problem);
        }
    }
}
