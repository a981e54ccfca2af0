using System.Xml.Linq;
using Verification.Stack;
using Xunit;

namespace Verification.Tests.Unit.Architecture;

/// <summary>Dependencies point one way.</summary>
public sealed class DependencyTests
{
    private static readonly string[] Rooms = ["src", "services"];
    private static readonly string[] Services = ["Dashboard", "Server"];

    /// <summary>What each project may refer to. A project that is not here fails the test: say where it belongs.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Verification.Stomp"] = [],
        ["Verification.Objectives"] = [],
        ["Verification.Mutations"] = [],
        ["Verification.Stack"] = ["Verification.Stomp", "Verification.Objectives"],
        ["Verification.Platform"] = ["Verification.Stack", "Verification.Objectives"],
        ["Verification.Load"] = ["Verification.Platform", "Verification.Stack", "Verification.Objectives"],
        ["Verification.Load.NBomber"] = ["Verification.Load"],
        ["Verification.Load.Scenarios"] = ["Verification.Load.NBomber", "Verification.Platform"],
        ["Verification.Chaos"] = ["Verification.Platform", "Verification.Stack", "Verification.Objectives"],
        ["Verification.Recovery.Cli"] = [],
        ["Verification.Recovery"] =
        [
            "Verification.Recovery.Cli",
            "Verification.Chaos",
            "Verification.Platform",
            "Verification.Stack",
            "Verification.Objectives",
        ],
        ["Verification.Cluster"] = ["Verification.Platform", "Verification.Stack", "Verification.Objectives"],
        ["Verification.Infrastructure"] = ["Verification.Stack", "Verification.Objectives"],
        ["Verification.Observability"] = ["Verification.Stack", "Verification.Objectives"],
        ["Verification.Gate"] =
        [
            "Verification.Objectives",
            "Verification.Stack",
            "Verification.Platform",
            "Verification.Load",
            "Verification.Chaos",
            "Verification.Recovery",
            "Verification.Cluster",
            "Verification.Mutations",
        ],
        ["Dashboard"] = ["Verification.Stomp"],
        ["Server"] = ["Verification.Stomp"],
    };

    public static TheoryData<string> Projects =>
        [
            .. Rooms.SelectMany(folder =>
                Directory.EnumerateFiles(Path.Combine(ProjectRoot.Find().Path, folder), "*.csproj", SearchOption.AllDirectories)
            ),
        ];

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_refers_only_to_what_stands_below_it(string project)
    {
        Assert.True(
            Allowed.TryGetValue(Path.GetFileNameWithoutExtension(project), out var allowed),
            $"{project} is new: add it to this test's table."
        );
        Assert.Subset(allowed.ToHashSet(), References(project));
    }

    [Fact]
    public void No_test_of_the_platform_links_to_service_code()
    {
        var tests = Directory
            .EnumerateFiles(Path.Combine(ProjectRoot.Find().Path, "tests"), "*.csproj", SearchOption.AllDirectories)
            .Where(project => Path.GetFileNameWithoutExtension(project) != "Unit");

        Assert.All(tests, project => Assert.Empty(References(project).Intersect(Services)));
    }

    private static HashSet<string> References(string project) =>
        XDocument
            .Load(project)
            .Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value))
            .ToHashSet();
}
