using System.Text.Json;
using System.Text.Json.Serialization;

namespace Verification.Stack.Images.Registries;

/// <summary>An image manifest, or an artifact that refers to one (OCI image specification 1.1).</summary>
public sealed record OciManifest
{
    /// <summary>Media type of a manifest.</summary>
    public const string ManifestType = "application/vnd.oci.image.manifest.v1+json";

    /// <summary>Media type of a list of manifests.</summary>
    public const string IndexType = "application/vnd.oci.image.index.v1+json";

    /// <summary>How manifests are written.</summary>
    internal static JsonSerializerOptions Json { get; } =
        new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>The configuration that an artifact has: none.</summary>
    internal static byte[] Empty { get; } = "{}"u8.ToArray();

    /// <summary>Version of the format.</summary>
    public int SchemaVersion { get; init; } = 2;

    /// <summary>What it is.</summary>
    public string? MediaType { get; init; }

    /// <summary>Kind of artifact; null for an image.</summary>
    public string? ArtifactType { get; init; }

    /// <summary>The image's configuration, whose digest is the id that engines know the image by.</summary>
    public OciDescriptor? Config { get; init; }

    /// <summary>The image's layers, or the artifact's files.</summary>
    public IReadOnlyList<OciDescriptor>? Layers { get; init; }

    /// <summary>Of a list: the manifests.</summary>
    public IReadOnlyList<OciDescriptor>? Manifests { get; init; }

    /// <summary>The manifest that an artifact is about.</summary>
    public OciDescriptor? Subject { get; init; }
}
