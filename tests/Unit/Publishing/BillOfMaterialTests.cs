using System.Text;
using System.Text.Json;
using Verification.Gate.Publishing;
using Verification.Objectives;
using Verification.Stack.Images.Contents;
using Verification.Tests.Unit.Images;
using Xunit;

namespace Verification.Tests.Unit.Publishing;

public sealed class BillOfMaterialTests
{
    private const string Shell = "Package: bash\nVersion: 5\nArchitecture: amd64\n\n";
    private static readonly ImageName Server = ImageName.Parse($"registry.example/team/server@sha256:{new string('5', 64)}");
    private static readonly ImageName Dashboard = ImageName.Parse($"registry.example/team/dashboard@sha256:{new string('6', 64)}");

    [Fact]
    public async Task It_names_every_package_of_its_image_and_lacks_one_that_is_planted_later()
    {
        var contents = await SavedImages.ContentsOfAsync([(PackageLists.OfDpkg, Shell), ("app/A.deps.json", Library("Redis"))]);
        var bill = BillOfMaterial.Of(Server, contents);

        Assert.Equal(contents.Packages.Select(package => package.Purl), Named(bill));
        var planted = await SavedImages.ContentsOfAsync(
            [(PackageLists.OfDpkg, Shell), ("app/A.deps.json", Library("Redis"))],
            [("app/B.deps.json", Library("Planted")), (PackageLists.OfDpkg, $"{Shell}Package: nc\nVersion: 1\nArchitecture: amd64\n")]
        );
        Assert.Equal(
            ["pkg:deb/debian/nc@1?arch=amd64", "pkg:nuget/Planted@1"],
            planted.Packages.Select(package => package.Purl).Except(Named(bill))
        );
    }

    [Fact]
    public async Task It_is_a_CycloneDX_document_about_its_image_and_the_same_each_time()
    {
        var contents = await SavedImages.ContentsOfAsync([("app/A.deps.json", Library("Redis", "sha512-AQID"))]);
        var bill = BillOfMaterial.Of(Server, contents);

        using var json = JsonDocument.Parse(bill);
        var root = json.RootElement;
        Assert.Equal(("CycloneDX", "1.6"), (root.GetProperty("bomFormat").GetString(), root.GetProperty("specVersion").GetString()));
        var subject = root.GetProperty("metadata").GetProperty("component");
        Assert.Equal(
            $"pkg:oci/server@sha256%3A{new string('5', 64)}?repository_url=registry.example%2Fteam%2Fserver",
            subject.GetProperty("purl").GetString()
        );
        var hash = root.GetProperty("components")[0].GetProperty("hashes")[0];
        Assert.Equal(("SHA-512", "010203"), (hash.GetProperty("alg").GetString(), hash.GetProperty("content").GetString()));
        Assert.Equal(bill, BillOfMaterial.Of(Server, contents));
    }

    [Fact]
    public void One_of_another_image_is_none_of_this_one()
    {
        var bill = BillOfMaterial.Of(Dashboard, new ImageContents([]));

        Assert.Null(BillOfMaterial.ProblemOf(bill, Dashboard));
        Assert.Equal($"it is of another image, {Dashboard.Digest}", BillOfMaterial.ProblemOf(bill, Server));
    }

    [Theory]
    [InlineData("{", "it can't be read (")]
    [InlineData("[]", "it can't be read (")]
    [InlineData("{}", "it is no CycloneDX document")]
    [InlineData("""{"bomFormat": "CycloneDX"}""", "it is of no image")]
    [InlineData("""{"bomFormat": "CycloneDX", "metadata": {"component": {"hashes": {}}}}""", "it can't be read (")]
    public void What_is_no_bill_is_told(string document, string problem) =>
        Assert.StartsWith(problem, BillOfMaterial.ProblemOf(Encoding.UTF8.GetBytes(document), Server));

    private static IEnumerable<string> Named(byte[] bill)
    {
        using var json = JsonDocument.Parse(bill);
        return
        [
            .. json.RootElement.GetProperty("components").EnumerateArray().Select(component => component.GetProperty("purl").GetString()!),
        ];
    }

    private static string Library(string name, string hash = "") =>
        $$"""{"libraries": {"{{name}}/1": {"type": "package", "sha512": "{{hash}}"} } }""";
}
