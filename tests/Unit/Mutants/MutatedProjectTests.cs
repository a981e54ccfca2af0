using Verification.Gate.Mutants;
using Verification.Tests.Unit.Gate;
using Verification.Tests.Unit.Objectives;
using Xunit;

namespace Verification.Tests.Unit.Mutants;

public sealed class MutatedProjectTests
{
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
            ["config", "images", "infra", "services", "charts", "environments", "tests/fixtures", "src/One", "src/Two"],
            MutatedProject.PartsOf(root.Path)
        );
    }

    [Fact]
    public void Of_this_project_the_STOMP_client_is_copied() =>
        Assert.Contains("src/Verification.Stomp", MutatedProject.PartsOf(Files.Root));
}
