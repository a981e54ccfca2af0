using CliWrap;
using Verification.Stack.Images.Contents;
using Verification.Stack.Images.Debian;
using Verification.Tests.Unit.Gate;
using Xunit;

namespace Verification.Tests.Unit.Images;

public sealed class ImageContentsTests
{
    private const string Dpkg = "var/lib/dpkg/status";

    [Fact]
    public async Task What_dpkg_and_the_programs_of_dotnet_name_is_told_with_its_version_and_hash()
    {
        var contents = await SavedImages.ContentsOfAsync(
            [("./" + Dpkg, Package("libstdc++6", "15.2.0-9") + Package("base-files", "1:14~rc1+b2"))],
            [
                (
                    "app/Server.deps.json",
                    """{"libraries": {"Server/1.0.0": {"type": "project", "sha512": ""}, "MySqlConnector/2.6.2": {"type": "package", "sha512": "sha512-AQID"}, "Runtime/10.0.1": {"type": "package", "sha512": ""}}}"""
                ),
            ]
        );

        Assert.Equal(
            [
                "pkg:deb/debian/base-files@1:14~rc1%2Bb2?arch=amd64",
                "pkg:deb/debian/libstdc%2B%2B6@15.2.0-9?arch=amd64",
                "pkg:nuget/MySqlConnector@2.6.2",
                "pkg:nuget/Runtime@10.0.1",
            ],
            contents.Packages.Select(package => package.Purl)
        );
        Assert.Equal([null, null, "010203", null], contents.Packages.Select(package => package.Sha512));
    }

    [Fact]
    public async Task A_layer_changes_and_removes_what_lies_below_it()
    {
        var contents = await SavedImages.ContentsOfAsync(
            [
                (Dpkg, Package("bash", "1")),
                ("app/old/A.deps.json", Library("a")),
                ("app/B.deps.json", Library("b")),
                ("opt/C.deps.json", Library("c")),
            ],
            [
                (Dpkg, Package("bash", "2")),
                ("app/.wh.old", ""),
                ("app/.wh.B.deps.json", ""),
                ("opt/D.deps.json", Library("d")),
                ("opt/.wh..wh..opq", ""),
            ]
        );

        Assert.Equal(["pkg:deb/debian/bash@2?arch=amd64", "pkg:nuget/d@1"], contents.Packages.Select(package => package.Purl));
    }

    [Fact]
    public async Task Lists_without_dpkg_count_and_what_was_removed_does_not()
    {
        var contents = await SavedImages.ContentsOfAsync([
            ("var/lib/dpkg/status.d/tzdata", Package("tzdata", "1", status: null)),
            ("var/lib/dpkg/status.d/tzdata.md5sums", "x  y"),
            (Dpkg, Package("gone", "1", "deinstall ok config-files")),
        ]);

        Assert.Equal(["tzdata"], contents.Packages.Select(package => package.Name));
    }

    [Theory]
    [InlineData("app/A.deps.json", "{")]
    [InlineData("app/A.deps.json", "{}")]
    [InlineData(Dpkg, "Package: bash\n")]
    public async Task A_list_that_can_not_be_read_is_named(string path, string content)
    {
        var error = await Assert.ThrowsAsync<FormatException>(() => SavedImages.ContentsOfAsync([(path, content)]));

        Assert.StartsWith($"/{path} is no list of packages: ", error.Message);
    }

    [Fact]
    public async Task An_image_made_from_a_recipe_has_the_list_that_dpkg_would_have()
    {
        using var folder = new TemporaryFolder();
        folder.File(
            "package/DEBIAN/control",
            "Package: tool\nVersion: 2:1.0-1\nArchitecture: all\nMaintainer: a <a@b.example>\nDescription: a tool\n of two lines.\n"
        );
        var file = Path.Combine(folder.Path, "tool.deb");
        await Cli.Wrap("dpkg-deb")
            .WithArguments(["--root-owner-group", "--build", Path.Combine(folder.Path, "package"), file])
            .ExecuteAsync(TestContext.Current.CancellationToken);

        var list = PackageLists.Write([
            await DebianPackage.DescribeAsync(file, TestContext.Current.CancellationToken),
            "Package: other\nVersion: 3\nArchitecture: amd64\n",
        ]);

        var contents = await SavedImages.ContentsOfAsync([(PackageLists.OfDpkg, list)]);
        Assert.Equal(
            ["pkg:deb/debian/other@3?arch=amd64", "pkg:deb/debian/tool@2:1.0-1?arch=all"],
            contents.Packages.Select(package => package.Purl)
        );
    }

    private static string Package(string name, string version, string? status = "install ok installed") =>
        $"Package: {name}\n{(status is null ? "" : $"Status: {status}\n")}Architecture: amd64\nVersion: {version}\nDescription: of\n several: lines\n\n";

    private static string Library(string name) => $$"""{"libraries": {"{{name}}/1": {"type": "package", "sha512": ""} } }""";
}
