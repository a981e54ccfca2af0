using System.Text.Json;
using System.Text.Json.Nodes;
using Verification.Objectives;
using Verification.Stack.Images.Contents;

namespace Verification.Gate.Publishing;

/// <summary>What an image holds, for other tools: a CycloneDX document (https://cyclonedx.org/docs/1.6/json/). The same image gives the
/// same document.</summary>
internal static class BillOfMaterial
{
    /// <summary>The kind of artifact, and the media type of its one file.</summary>
    public const string Type = "application/vnd.cyclonedx+json";

    /// <summary>Name of its one file.</summary>
    public const string FileName = "bom.json";

    private const string Algorithm = "sha256:";

    /// <summary>The bill of an image.</summary>
    /// <param name="image">Name and digest in the registry.</param>
    /// <param name="contents">What it holds.</param>
    public static byte[] Of(ImageName image, ImageContents contents)
    {
        var bill = new JsonObject
        {
            ["bomFormat"] = "CycloneDX",
            ["specVersion"] = "1.6",
            ["version"] = 1,
            ["metadata"] = new JsonObject { ["component"] = Subject(image) },
            ["components"] = new JsonArray([.. contents.Packages.Select(Component)]),
            // What no package manager has put there is in no list.
            ["compositions"] = new JsonArray(
                new JsonObject { ["aggregate"] = "unknown", ["assemblies"] = new JsonArray(image.ToString()) }
            ),
        };
        return JsonSerializer.SerializeToUtf8Bytes(bill);
    }

    /// <summary>Why a document is no bill of an image; null where it is.</summary>
    /// <param name="document">What was read.</param>
    /// <param name="image">Name and digest in the registry.</param>
    public static string? ProblemOf(ReadOnlySpan<byte> document, ImageName image)
    {
        try
        {
            var bill = JsonNode.Parse(document);
            if (bill?["bomFormat"]?.GetValue<string>() != "CycloneDX")
                return "it is no CycloneDX document";
            var digest = bill["metadata"]
                ?["component"]?["hashes"]?.AsArray()
                .FirstOrDefault(hash => hash?["alg"]?.GetValue<string>() == "SHA-256")
                ?["content"]?.GetValue<string>();
            return Algorithm + digest == image.Digest
                ? null
                : $"it is of {(digest is null ? "no image" : $"another image, {Algorithm}{digest}")}";
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return $"it can't be read ({e.Message.TrimEnd('.')})";
        }
    }

    private static JsonObject Subject(ImageName image) =>
        new()
        {
            ["type"] = "container",
            ["bom-ref"] = image.ToString(),
            ["name"] = image.Name,
            ["version"] = image.Digest,
            ["hashes"] = new JsonArray(Hash("SHA-256", image.Digest![Algorithm.Length..])),
            ["purl"] =
                $"pkg:oci/{image.Repository.Split('/')[^1]}@{Uri.EscapeDataString(image.Digest)}?repository_url={Uri.EscapeDataString(image.Name)}",
        };

    private static JsonNode Component(ImagePackage package)
    {
        var component = new JsonObject
        {
            ["type"] = "library",
            ["bom-ref"] = package.Purl,
            ["name"] = package.Name,
            ["version"] = package.Version,
            ["purl"] = package.Purl,
        };
        if (package.Sha512 is { } sha512)
            component["hashes"] = new JsonArray(Hash("SHA-512", sha512));
        return component;
    }

    private static JsonObject Hash(string algorithm, string content) => new() { ["alg"] = algorithm, ["content"] = content };
}
