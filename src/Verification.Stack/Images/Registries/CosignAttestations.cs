using System.Text.Json;

namespace Verification.Stack.Images.Registries;

/// <summary>Signed statements beside an image where cosign, and what is made of it, looks for them
/// (https://github.com/sigstore/cosign/blob/main/specs/ATTESTATION_SPEC.md):
/// each a layer of the image that is tagged <c>sha256-….att</c>.</summary>
/// <param name="registry">The registry.</param>
public sealed class CosignAttestations(RegistryClient registry)
{
    private const string Suffix = ".att";
    private const string ConfigurationType = "application/vnd.oci.image.config.v1+json";

    /// <summary>A layer without it is passed over, or an error; of a statement it is empty, as its envelope holds the signature.</summary>
    private const string Signature = "dev.cosignproject.cosign/signature";

    private const string PredicateType = "predicateType";

    /// <summary>Adds a statement to those that are there already; one that is there stays as it is. Of two that add at once one may get
    /// lost: a tag has no better way.</summary>
    /// <param name="repository">Path in the registry.</param>
    /// <param name="subject">Digest of the image's manifest.</param>
    /// <param name="mediaType">Media type of the envelope.</param>
    /// <param name="envelope">The statement in its envelope.</param>
    /// <param name="predicateType">Type of the statement's predicate.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="RegistryException">It does not answer, or refuses.</exception>
    public async Task AddAsync(
        string repository,
        string subject,
        string mediaType,
        byte[] envelope,
        string predicateType,
        CancellationToken cancellationToken
    )
    {
        var tag = RegistryClient.TagOf(subject) + Suffix;
        var there = (await registry.ManifestAsync(repository, tag, cancellationToken).ConfigureAwait(false))?.Manifest.Layers ?? [];
        var layer = await registry.PutBlobAsync(repository, mediaType, envelope, cancellationToken).ConfigureAwait(false) with
        {
            Annotations = new Dictionary<string, string> { [Signature] = string.Empty, [PredicateType] = predicateType },
        };
        if (there.Any(each => each.Digest == layer.Digest))
            return;
        IReadOnlyList<OciDescriptor> layers = [.. there, layer];
        var configuration = await registry
            .PutBlobAsync(repository, ConfigurationType, ConfigurationOf(layers), cancellationToken)
            .ConfigureAwait(false);
        await registry
            .PutManifestAsync(
                repository,
                tag,
                new OciManifest
                {
                    MediaType = OciManifest.ManifestType,
                    Config = configuration,
                    Layers = layers,
                },
                cancellationToken
            )
            .ConfigureAwait(false);
    }

    /// <summary>What readers of images expect: an image has a platform and the digests of its layers.</summary>
    private static byte[] ConfigurationOf(IEnumerable<OciDescriptor> layers) =>
        JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                architecture = string.Empty,
                os = string.Empty,
                config = new { },
                rootfs = new { type = "layers", diff_ids = layers.Select(layer => layer.Digest) },
            }
        );
}
