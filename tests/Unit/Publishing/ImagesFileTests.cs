using Verification.Gate.Publishing;
using Verification.Objectives;
using Verification.Tests.Unit.Gate;
using Verification.Tests.Unit.Objectives;
using Xunit;

namespace Verification.Tests.Unit.Publishing;

public sealed class ImagesFileTests : IDisposable
{
    private static readonly string Server = $"registry.example/team/server@sha256:{new string('3', 64)}";
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void What_is_written_is_read_and_of_the_golden_files_form()
    {
        var golden = DocumentReader.Read(Files.Golden("publication.json"), "publication").As<Publication>();
        var file = Path.Combine(folder.Path, "images.yaml");

        ImagesFile.Write(file, "20261124-083015-4f2a", golden.Images);

        Assert.Equal(ImagesFile.Read(Files.Golden("images.yaml")), ImagesFile.Read(file));
        Assert.StartsWith("# Verified by run 20261124-083015-4f2a", File.ReadAllText(file));
        Assert.Equal(Server, ImagesFile.FirstOf(ImagesFile.Read(file)));
    }

    [Theory]
    [InlineData(
        "images:\n  server: registry.example/server:1.2\n",
        "images.yaml:2:11: 'images.server' is 'registry.example/server:1.2'; expected a name with its digest"
    )]
    [InlineData("images: {}\n", "it names no image. Write it with ./verify publish.")]
    [InlineData("image: {}\n", "unknown key 'image'")]
    public void What_binds_no_image_is_refused_with_its_place(string text, string problem) =>
        Assert.Contains(problem, Assert.ThrowsAny<DocumentException>(() => ImagesFile.Read(folder.File("images.yaml", text))).Message);
}
