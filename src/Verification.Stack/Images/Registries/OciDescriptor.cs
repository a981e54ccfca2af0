using System.Security.Cryptography;
using System.Text.Json.Serialization;

namespace Verification.Stack.Images.Registries;

/// <summary>What a registry keeps under a digest (OCI image specification 1.1, descriptor).</summary>
/// <param name="MediaType">What it is.</param>
/// <param name="Digest"><c>sha256:…</c></param>
/// <param name="Size">Bytes.</param>
public sealed record OciDescriptor(string MediaType, string Digest, long Size)
{
    /// <summary>Of a manifest in a list of referrers: what kind of artifact it is.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ArtifactType { get; init; }

    /// <summary>Of a layer: the name of its file, as <see cref="TitleAnnotation"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, string>? Annotations { get; init; }

    /// <summary>The annotation that names a layer's file.</summary>
    public const string TitleAnnotation = "org.opencontainers.image.title";

    /// <summary>Describes content.</summary>
    public static OciDescriptor Of(string mediaType, ReadOnlySpan<byte> content) => new(mediaType, DigestOf(content), content.Length);

    /// <summary>The digest of content.</summary>
    public static string DigestOf(ReadOnlySpan<byte> content) => $"sha256:{Convert.ToHexStringLower(SHA256.HashData(content))}";
}
