using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Verification.Gate.Publishing;
using Verification.Objectives;
using Verification.Stack.Images.Contents;
using Verification.Tests.Unit.Images;
using Xunit;

namespace Verification.Tests.Unit.Publishing;

public sealed class BillOfMaterialTests
{
    private const string Shell = "Package: bash\nVersion: 5\nArchitecture: amd64\n\n";

    /// <summary>The members of a component: the first is one of a list, the last may be missing.</summary>
    private static readonly string[] Known = ["type", "bom-ref", "name", "version", "purl", "hashes"];
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

    /// <summary>What the schema of CycloneDX 1.6 demands of the parts that this document has; whoever reads it strictly refuses any other
    /// member.</summary>
    [Fact]
    public async Task It_has_the_members_and_the_values_that_the_format_knows()
    {
        var hash = $"sha512-{Convert.ToBase64String(new byte[64])}";
        var contents = await SavedImages.ContentsOfAsync([(PackageLists.OfDpkg, Shell), ("app/A.deps.json", Library("Redis", hash))]);

        var bill = JsonNode.Parse(BillOfMaterial.Of(Server, contents))!.AsObject();

        Assert.Equal(["bomFormat", "specVersion", "version", "metadata", "components", "compositions"], Members(bill));
        Assert.True(bill["version"]!.GetValue<int>() >= 1);
        Assert.Equal(["component"], Members(bill["metadata"]!));
        var subject = bill["metadata"]!["component"]!;
        var components = bill["components"]!.AsArray().Select(each => each!).ToList();
        foreach (var component in components.Append(subject))
            IsComponent(component, component == subject ? "container" : "library");
        Assert.Equal(2, components.Count);
        var composition = Assert.Single(bill["compositions"]!.AsArray())!;
        Assert.Equal(["aggregate", "assemblies"], Members(composition));
        Assert.Equal("unknown", (string)composition["aggregate"]!);
        // What it says of an assembly it says of the image, by the reference that this bears.
        Assert.Equal([(string)subject["bom-ref"]!], composition["assemblies"]!.AsArray().Select(each => (string)each!));
        var references = components.Append(subject).Select(each => (string)each["bom-ref"]!).ToList();
        Assert.Equal(references.Count, references.Distinct(StringComparer.Ordinal).Count());
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

    private static void IsComponent(JsonNode component, string type)
    {
        Assert.Empty(Members(component).Except(Known));
        Assert.Equal(type, (string)component["type"]!);
        foreach (var member in Known[1..^1])
            Assert.NotEmpty((string)component[member]!);
        Assert.StartsWith("pkg:", (string)component["purl"]!, StringComparison.Ordinal);
        foreach (var hash in component["hashes"]?.AsArray().Select(each => each!) ?? [])
        {
            Assert.Equal(["alg", "content"], Members(hash));
            var digits = (string)hash["alg"]! switch
            {
                "SHA-256" => 64,
                "SHA-512" => 128,
                var other => throw new NotSupportedException(other),
            };
            Assert.Matches($"^[0-9a-f]{{{digits}}}$", (string)hash["content"]!);
        }
    }

    private static IEnumerable<string> Members(JsonNode node) => node.AsObject().Select(member => member.Key);

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
