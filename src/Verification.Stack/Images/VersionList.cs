using Verification.Objectives;
using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Verification.Stack.Images;

/// <summary>The one list of versions: <c>config/versions.yaml</c>.</summary>
public sealed class VersionList
{
    /// <summary>Its name in the folder of configuration.</summary>
    public const string FileName = "versions.yaml";

    /// <summary>Components of others, by name.</summary>
    public Dictionary<string, VersionEntry> Components { get; set; } = [];

    /// <summary>Services made here, by name.</summary>
    public Dictionary<string, ServiceEntry> Services { get; set; } = [];

    /// <summary>Charts of others, by the release that they are.</summary>
    public Dictionary<string, ChartEntry> Charts { get; set; } = [];

    /// <summary>Programs and files that are no component, by the name that they have in the folder of <c>VERIFY_TOOLS</c>.</summary>
    public Dictionary<string, ToolEntry> Tools { get; set; } = [];

    /// <summary>The charts of others that were made for another version of their program than is had here, where it is had.</summary>
    public IReadOnlyList<ChartDifference> ChartDifferences =>
        [
            .. Charts
                .Select(chart => (chart, here: Components.GetValueOrDefault(chart.Value.Component ?? chart.Key)))
                .Where(each => each.here is not null)
                .Select(each => new ChartDifference(each.chart.Key, each.chart.Value.Program, each.here!.Program))
                .Where(difference => !difference.IsNone),
        ];

    /// <summary>Reads the list of a root.</summary>
    /// <exception cref="FormatException">The file is missing or not as described in its head; the message holds line and
    /// column.</exception>
    public static VersionList Read(ProjectRoot root)
    {
        ArgumentNullException.ThrowIfNull(root);
        return In(root.Config);
    }

    /// <summary>Reads the list in a folder of configuration.</summary>
    /// <exception cref="FormatException">The file is missing or not as described in its head; the message holds line and
    /// column.</exception>
    public static VersionList In(string config) => Read(Path.Combine(config, FileName));

    internal static VersionList Read(string file)
    {
        if (!File.Exists(file))
            throw new FormatException($"{file} is missing. It lists the version and image of each component.");

        VersionList list;
        try
        {
            var reader = new DeserializerBuilder().WithNamingConvention(CamelCaseNamingConvention.Instance).Build();
            list = reader.Deserialize<VersionList>(File.ReadAllText(file)) ?? throw new FormatException($"{file} is empty.");
        }
        catch (YamlException e)
        {
            throw new FormatException($"{file}({e.Start.Line},{e.Start.Column}): {e.InnerException?.Message ?? e.Message}", e);
        }

        foreach (var (name, entry) in list.Components)
        {
            if (entry is null || entry.Version.Length == 0 || (entry.Image ?? entry.Recipe) is not { Length: > 0 })
                throw new FormatException($"{file}: component {name} needs version, and image or recipe.");
            if (entry.Image is { } image && ImageName.ProblemOf(image) is { } problem)
                throw new FormatException($"{file}: component {name}: {problem}.");
        }

        foreach (var (name, entry) in list.Services)
        {
            if (entry is null || entry.Project.Length == 0 || entry.Recipe.Length == 0 || !list.Components.ContainsKey(entry.Base))
                throw new FormatException($"{file}: service {name} needs project, recipe, and a base that is one of the components.");
        }

        foreach (var (name, entry) in list.Charts)
        {
            if (entry is null || entry.Chart.Length == 0 || entry.Version.Length == 0 || entry.Program.Length == 0)
                throw new FormatException($"{file}: chart {name} needs chart, version and program.");
            if (entry.Component is { } component && !list.Components.ContainsKey(component))
                throw new FormatException($"{file}: chart {name} names the component {component}, which is none of components.");
        }

        foreach (var (name, entry) in list.Tools)
        {
            if (entry is null)
                throw new FormatException($"{file}: tool {name} is empty.");
            if (entry.Problem is { } problem)
                throw new FormatException($"{file}: tool {name} {problem}.");
        }

        return list;
    }
}

/// <summary>A component that others make, or an image of ours that only a recipe makes.</summary>
public sealed record VersionEntry
{
    /// <summary>What production runs.</summary>
    public string Version { get; set; } = "";

    /// <summary>Official image, pinned; null where there is none.</summary>
    public string? Image { get; set; }

    /// <summary>Folder under <c>images/</c>, or null where there is none.</summary>
    public string? Recipe { get; set; }

    /// <summary>The version of the program, as its official image has it, where there is one.</summary>
    internal string Program => Image is { } image && ImageName.Parse(image).Tag is { } tag ? tag : Version;
}

/// <summary>A chart of others.</summary>
public sealed record ChartEntry
{
    /// <summary>Where its project publishes it; <c>{version}</c> stands for the version.</summary>
    public string Chart { get; set; } = "";

    /// <summary>The version of the chart.</summary>
    public string Version { get; set; } = "";

    /// <summary>The version of the program that it brings, as the chart has it.</summary>
    public string Program { get; set; } = "";

    /// <summary>The component that is this program, where its name is not that of the release.</summary>
    public string? Component { get; set; }
}

/// <summary>A chart of others that was made for another version of its program than is had here.</summary>
/// <param name="Release">The release that it is.</param>
/// <param name="Program">The version that it was made for.</param>
/// <param name="Here">The one that is had here.</param>
public sealed record ChartDifference(string Release, string Program, string Here)
{
    /// <summary>Whether they differ by their first number: then what is seen of the one says little of the other.</summary>
    public bool IsMajor => PartsOf(Program)[0] != PartsOf(Here)[0];

    /// <summary>Whether as many numbers as both have are the same.</summary>
    internal bool IsNone => PartsOf(Program).Zip(PartsOf(Here)).All(each => each.First == each.Second);

    /// <inheritdoc />
    public override string ToString() => $"{Release} {Program} (here {Here.TrimStart('v')})";

    private static string[] PartsOf(string version) => version.TrimStart('v').Split('.');
}

/// <summary>A service made here.</summary>
public sealed record ServiceEntry
{
    /// <summary>Project file, from the root.</summary>
    public string Project { get; set; } = "";

    /// <summary>Component whose image it stands on.</summary>
    public string Base { get; set; } = "";

    /// <summary>Folder under <c>images/</c>.</summary>
    public string Recipe { get; set; } = "";
}
