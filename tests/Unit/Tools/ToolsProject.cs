using Verification.Gate.Commands;
using Verification.Tests.Unit.Gate;
using Verification.Tests.Unit.Objectives;

namespace Verification.Tests.Unit.Tools;

/// <summary>A checkout with a list of tools, and the command that gets them, called as its user calls it.</summary>
internal sealed class ToolsProject : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly SetVariable root;

    /// <param name="tools">The list, as <c>config/versions.yaml</c> has it.</param>
    public ToolsProject(string tools)
    {
        folder.File("Verification.sln", "");
        folder.File("gates.yaml", File.ReadAllText(Path.Combine(Files.Root, "gates.yaml")));
        folder.File("config/versions.yaml", tools);
        To = Path.Combine(folder.Path, "tools");
        root = new SetVariable("VERIFY_ROOT", folder.Path);
    }

    /// <summary>Where they go.</summary>
    public string To { get; init; }

    /// <summary>Path of the lock.</summary>
    public string Lock => Path.Combine(folder.Path, "config", "tools.lock");

    /// <summary>What the last call said.</summary>
    public string Output { get; private set; } = "";

    /// <summary>What the last call said of its end.</summary>
    public string Errors { get; private set; } = "";

    /// <summary>What lies in its place, by name.</summary>
    public IReadOnlyList<string> InPlace =>
        [.. Directory.EnumerateFiles(To).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    /// <summary>What lies beside, of downloads that did not end.</summary>
    public IReadOnlyList<string> InTheMaking =>
        [
            .. Directory
                .EnumerateFiles(Path.Combine(To, ".releases"))
                .Select(file => Path.GetFileName(file))
                .Where(name => Path.GetExtension(name) is ".part" or ".new"),
        ];

    /// <summary>Changes the list.</summary>
    public void List(string tools) => folder.File("config/versions.yaml", tools);

    /// <summary>Calls it.</summary>
    /// <returns>Exit code.</returns>
    public async Task<int> GetAsync(params IReadOnlyList<string> options)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var code = await new CommandLine(output, errors, TimeProvider.System).RunAsync(["tools", "--to", To, .. options]);
        (Output, Errors) = (output.ToString(), errors.ToString());
        return code;
    }

    public void Dispose()
    {
        root.Dispose();
        folder.Dispose();
    }
}
