using System.Text.RegularExpressions;
using Verification.Gate.Tools;
using Verification.Objectives;
using Verification.Stack;
using Verification.Stack.Images;
using Verification.Tests.Unit.Objectives;
using Xunit;

namespace Verification.Tests.Unit.Tools;

/// <summary>The list of tools of this checkout.</summary>
public sealed partial class OwnToolsTests
{
    private static readonly ProjectRoot Root = ProjectRoot.Find();
    private static readonly Dictionary<string, ToolEntry> Tools = VersionList.Read(Root).Tools;
    private static readonly Verification.Objectives.Gates Gates = GatesFile.Read(Root.Gates);

    [Fact]
    public void Each_tool_says_which_objectives_of_nightly_go_without_it() =>
        Assert.All(
            Tools,
            tool =>
            {
                Assert.All(
                    tool.Value.Objectives,
                    pattern => Assert.NotEmpty(new ToolEntry { Objectives = [pattern] }.NeededBy(Gates.Objectives.Keys))
                );
                Assert.NotEmpty(tool.Value.NeededBy(Gates.Profiles["nightly"].Requirements.Keys));
            }
        );

    [Fact]
    public void Pr_needs_none() => Assert.All(Tools.Values, tool => Assert.Empty(tool.NeededBy(Gates.Profiles["pr"].Requirements.Keys)));

    [Fact]
    public void Each_release_stands_under_its_version_and_its_checksums_beside_it() =>
        Assert.All(
            Tools.Select(tool => Release.Of(tool.Key, tool.Value)).OfType<Release>(),
            release =>
            {
                Assert.Contains(release.Version, release.Address.AbsoluteUri);
                Assert.DoesNotContain('{', release.Address.AbsoluteUri);
                Assert.True(release.Checksums is null || release.Checksums.Host == release.Address.Host);
            }
        );

    [Fact]
    public void Every_program_that_a_recipe_takes_is_listed() =>
        Assert.Subset(
            Tools.Keys.ToHashSet(),
            Directory
                .EnumerateFiles(Root.Images, "packages", SearchOption.AllDirectories)
                .SelectMany(File.ReadLines)
                .Where(line => line.StartsWith("program ", StringComparison.Ordinal))
                .Select(line => line.Split(' ')[1])
                .ToHashSet()
        );

    /// <summary>Whatever is seen on a throwaway cluster is UNKNOWN without the programs that it is made of.</summary>
    [Theory]
    [InlineData("ClusterTest", "hyperkube", "coredns", "helm")]
    [InlineData("ExposedTest", "helmfile", "envoy-gateway", "envoy", "kube-network-policies", "metrics-server")]
    [InlineData("WholeTest", "helmfile", "envoy-gateway", "envoy", "kube-network-policies", "metrics-server")]
    public void What_a_cluster_is_made_of_is_needed_by_all_that_is_seen_there(string kind, params string[] programs)
    {
        var seen = Directory
            .EnumerateFiles(Path.Combine(Root.Path, "tests", "Deployment", "Cluster"), "*Tests.cs")
            .Select(File.ReadAllText)
            .Where(source => kind == "ClusterTest" || source.Contains($": {kind}(", StringComparison.Ordinal))
            .SelectMany(source => Objective().Matches(source).Select(match => match.Groups["id"].Value))
            .ToList();

        Assert.NotEmpty(seen);
        Assert.All(programs, program => Assert.Empty(seen.Except(Tools[program].NeededBy(seen))));
    }

    [Theory]
    [InlineData("release: https://a.example/x", "needs version, and checksums or sha256, of its release")]
    [InlineData(
        "version: '1'\n    release: https://a.example/x\n    checksums: https://a.example/y\n    sha256: z",
        "needs version, and checksums or sha256, of its release"
    )]
    [InlineData(
        "version: '1'\n    release: http://a.example/x\n    checksums: https://a.example/y",
        "comes from http://a.example/x: expected an address of https"
    )]
    [InlineData("version: '1'\n    release: https://a.example/x\n    checksums: y", "comes from y: expected an address of https")]
    [InlineData("package: x", "needs the version of its package")]
    [InlineData("version: '1'", "needs one of release, package, elsewhere")]
    [InlineData("version: '1'\n    package: x\n    elsewhere: y", "needs one of release, package, elsewhere")]
    public void An_entry_that_is_not_whole_is_told(string entry, string said)
    {
        using var folder = new OwnFolder();

        var failure = Assert.Throws<FormatException>(() =>
            VersionList.Read(folder.Holding("versions.yaml", $"tools:\n  x:\n    {entry}\n    objectives: [a.b]\n"))
        );

        Assert.EndsWith($"versions.yaml: tool x {said}.", failure.Message);
    }

    [GeneratedRegex(
        @"\[Objective\(""(?<id>[^""]+)""",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Objective();
}
