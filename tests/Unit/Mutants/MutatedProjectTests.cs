using Verification.Gate.Mutants;
using Verification.Tests.Unit.Gate;
using Verification.Tests.Unit.Objectives;
using Xunit;

namespace Verification.Tests.Unit.Mutants;

public sealed class MutatedProjectTests
{
    /// <summary>What builds and runs make at the root of a checkout.</summary>
    private static readonly string[] Made = ["bin", "obj", "runs", "TestResults"];

    [Fact]
    public void A_copy_holds_every_project_that_a_service_is_built_from()
    {
        using var root = new TemporaryFolder();
        root.File(
            "services/Server/Server.csproj",
            """<Project><ItemGroup><ProjectReference Include="../../src/One/One.csproj" /><ProjectReference Include="../Shared/Shared.csproj" /></ItemGroup></Project>"""
        );
        root.File("services/Shared/Shared.csproj", "<Project />");
        root.File("src/One/One.csproj", """<Project><ItemGroup><ProjectReference Include="../Two/Two.csproj" /></ItemGroup></Project>""");
        root.File("src/Two/Two.csproj", "<Project />");
        root.File("src/Other/Other.csproj", "<Project />");

        Assert.Equal(
            ["config", "images", "infra", "services", "charts", "environments", "docs", "schemas", "tests/fixtures", "src/One", "src/Two"],
            MutatedProject.PartsOf(root.Path)
        );
    }

    [Fact]
    public void A_copy_holds_every_project_that_a_recipe_publishes()
    {
        using var root = new TemporaryFolder();
        root.File("images/tool/Dockerfile", "FROM scratch");
        root.File("images/tool/packages", "suite sid\nsoftware tool\ntool\nproject src/Tool/Tool.csproj\n");
        root.File("src/Tool/Tool.csproj", """<Project><ItemGroup><ProjectReference Include="../Two/Two.csproj" /></ItemGroup></Project>""");
        root.File("src/Two/Two.csproj", "<Project />");

        Assert.Equal(
            ["src/Tool", "src/Two"],
            MutatedProject.PartsOf(root.Path).Where(part => part.StartsWith("src/", StringComparison.Ordinal))
        );
    }

    [Fact]
    public void Of_this_project_every_folder_is_copied_or_known_to_be_needless() =>
        Assert.Equal(
            [],
            Directory
                .EnumerateDirectories(Files.Root)
                .Select(folder => Path.GetFileName(folder))
                .Where(folder => !Made.Contains(folder) && !folder.StartsWith('.'))
                .Except(MutatedProject.PartsOf(Files.Root))
                .Except(MutatedProject.NotCopied)
        );

    [Theory]
    [InlineData("src/Verification.Stomp")]
    [InlineData("src/Verification.Recovery.Cli")]
    public void Of_this_project_what_images_are_built_from_is_copied(string part) =>
        Assert.Contains(part, MutatedProject.PartsOf(Files.Root));
}
