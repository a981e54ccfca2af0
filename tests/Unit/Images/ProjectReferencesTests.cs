using Verification.Stack.Images.Services;
using Verification.Tests.Unit.Gate;
using Verification.Tests.Unit.Objectives;
using Xunit;

namespace Verification.Tests.Unit.Images;

public sealed class ProjectReferencesTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void What_is_referred_to_by_what_is_referred_to_counts_once()
    {
        Project("a/A.csproj", "../b/B.csproj", @"..\c\C.csproj");
        Project("b/B.csproj", "../c/C.csproj");
        Project("c/C.csproj");

        Assert.Equal([In("b"), In("c")], ProjectReferences.FoldersOf(In("a/A.csproj")));
        Assert.Empty(ProjectReferences.FoldersOf(In("c/C.csproj")));
    }

    [Fact]
    public void A_circle_ends()
    {
        Project("a/A.csproj", "../b/B.csproj");
        Project("b/B.csproj", "../a/A.csproj");

        Assert.Equal([In("b")], ProjectReferences.FoldersOf(In("a/A.csproj")));
    }

    [Fact]
    public void A_reference_to_nothing_is_named()
    {
        Project("a/A.csproj", "../b/B.csproj");

        Assert.Equal(
            $"{In("a/A.csproj")}: it refers to {In("b/B.csproj")}, which is not there.",
            Assert.Throws<FormatException>(() => ProjectReferences.FoldersOf(In("a/A.csproj"))).Message
        );
    }

    [Theory]
    [InlineData("Dashboard")]
    [InlineData("Server")]
    public void The_services_refer_to_the_STOMP_client(string service) =>
        Assert.Contains(
            Path.Combine(Files.Root, "src", "Verification.Stomp"),
            ProjectReferences.FoldersOf(Path.Combine(Files.Root, "services", service, $"{service}.csproj"))
        );

    public void Dispose() => folder.Dispose();

    private string In(string path) => Path.Combine(folder.Path, path);

    private void Project(string path, params string[] references) =>
        folder.File(
            path,
            $"<Project><ItemGroup>{string.Concat(references.Select(reference => $"<ProjectReference Include=\"{reference}\" />"))}</ItemGroup></Project>"
        );
}
