using Verification.Gate.Runs;
using Verification.Objectives;
using Verification.Stack.Images.Registries;

namespace Verification.Gate.Publishing;

/// <summary>The runs that lie beside images in a registry, laid into a folder of this machine while they are looked at.</summary>
/// <param name="unreadable">Told why a run was left out.</param>
internal sealed class AttestedRuns(Action<string> unreadable) : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("verification-");

    /// <summary>The runs that verified an image.</summary>
    /// <param name="image">A name with its registry and digest.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="RegistryException">It does not answer, or refuses.</exception>
    public async Task<IReadOnlyList<JudgedRun>> OfImageAsync(ImageName image, CancellationToken cancellationToken)
    {
        using var registry = await RegistryClient.ConnectAsync(image, cancellationToken).ConfigureAwait(false);
        await LayAsync(registry, image.Repository, image.Digest!, cancellationToken).ConfigureAwait(false);
        return Judged();
    }

    /// <summary>The runs that verified any image of a repository.</summary>
    /// <param name="repository">A name with its registry.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="RegistryException">It does not answer, or refuses.</exception>
    public async Task<IReadOnlyList<JudgedRun>> OfRepositoryAsync(ImageName repository, CancellationToken cancellationToken)
    {
        using var registry = await RegistryClient.ConnectAsync(repository, cancellationToken).ConfigureAwait(false);
        var digests = new HashSet<string>(StringComparer.Ordinal);
        foreach (var tag in await registry.TagsAsync(repository.Repository, cancellationToken).ConfigureAwait(false))
        {
            if (
                await registry.ManifestAsync(repository.Repository, tag, cancellationToken).ConfigureAwait(false) is { } manifest
                && digests.Add(manifest.Descriptor.Digest)
            )
                await LayAsync(registry, repository.Repository, manifest.Descriptor.Digest, cancellationToken).ConfigureAwait(false);
        }

        return Judged();
    }

    public void Dispose() => folder.Delete(recursive: true);

    /// <summary>What was laid here, oldest first.</summary>
    private List<JudgedRun> Judged() =>
        [.. StoredRuns.Judged(folder.FullName, unreadable).OrderBy(run => run.Record.Id, StringComparer.Ordinal)];

    private async Task LayAsync(RegistryClient registry, string repository, string digest, CancellationToken cancellationToken)
    {
        foreach (
            var artifact in await registry.ReferrersAsync(repository, digest, RunArtifact.Type, cancellationToken).ConfigureAwait(false)
        )
        {
            var files = new Dictionary<string, byte[]>(StringComparer.Ordinal);
            foreach (var layer in artifact.Layers ?? [])
            {
                if (layer.Annotations?.GetValueOrDefault(OciDescriptor.TitleAnnotation) is { } name)
                    files[name] = await registry.BlobAsync(repository, layer.Digest, cancellationToken).ConfigureAwait(false);
            }

            // Named by what it holds: a name from a registry is no path of this machine.
            var place = Path.Combine(folder.FullName, OciDescriptor.DigestOf(files.GetValueOrDefault("run.json")).Replace(':', '-'));
            if (RunArtifact.Unpack(files, place) is null)
                unreadable($"left out a verdict beside {repository}@{digest}: one of its files is missing");
        }
    }
}
