using Docker.DotNet;
using Docker.DotNet.Models;
using Verification.Objectives;
using Verification.Stack.Engine;
using Verification.Stack.Images.Registries;

namespace Verification.Stack.Images.Publishing;

/// <summary>Takes images to a registry as they were verified: by their content, whatever their names mean by now. Nothing is made
/// anew.</summary>
/// <param name="engine">The engine that has them.</param>
/// <param name="registry">The registry, once more, by its own API.</param>
public sealed class ImagePublisher(DockerEngine engine, RegistryClient registry)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(10);

    /// <summary>Pushes the image of a component, and sees that the registry has the very same.</summary>
    /// <param name="component">The component as it was verified.</param>
    /// <param name="name">Name and tag that it gets.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Its id on the engine, and the manifest by which the registry has it.</returns>
    /// <exception cref="ImageException">The engine does not have it any more.</exception>
    /// <exception cref="RegistryException">The registry does not take it, or has something else then.</exception>
    public async Task<(string Image, OciDescriptor Manifest)> PublishAsync(
        ComponentRecord component,
        ImageName name,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(component);
        ArgumentNullException.ThrowIfNull(name);
        var images = new EngineImages(engine);
        // An image made here is known by its id; one from elsewhere by the digest in its repository.
        var image =
            await images.FindAsync(component.Digest, cancellationToken).ConfigureAwait(false)
            ?? await images
                .FindAsync($"{ImageName.Parse(component.Image).Name}@{component.Digest}", cancellationToken)
                .ConfigureAwait(false)
            ?? throw new ImageException(
                component.Role,
                [$"engine: it has no {component.Digest}, which was verified as {component.Image}"],
                "Publish on the machine that has verified it, or run the gate again here."
            );
        // The name is the registry's; on the engine it stays only where it was, or where it is the only one: without one an image is gone.
        var stays = image.RepoTags is not { Count: > 0 } names || names.Contains(name.OnEngine);
        await images.TagAsync(image.ID, name, cancellationToken).ConfigureAwait(false);
        try
        {
            await PushAsync(name, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            if (!stays)
                await images.UntagAsync(name.OnEngine, CancellationToken.None).ConfigureAwait(false);
        }

        var (manifest, descriptor) =
            await registry.ManifestAsync(name.Repository, name.Version, cancellationToken).ConfigureAwait(false)
            ?? throw new RegistryException($"registry {name.Registry} does not have {name} after it was pushed. See whether it is well.");
        // Engines know an image by the digest of its configuration, some by that of its manifest.
        return image.ID == manifest.Config?.Digest || image.ID == descriptor.Digest
            ? (image.ID, descriptor)
            : throw new RegistryException(
                $"registry {name.Registry} has {manifest.Config?.Digest ?? descriptor.Digest} under {name}, and {image.ID} was pushed: somebody else writes there. Publish again."
            );
    }

    private async Task PushAsync(ImageName name, CancellationToken cancellationToken)
    {
        var (login, problem) = await RegistryCredentials.FromEnvironment().OfAsync(name.Registry!, cancellationToken).ConfigureAwait(false);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        stop.CancelAfter(Deadline);
        var log = new PushLog();
        string? said;
        try
        {
            await engine
                .Client.Images.PushImageAsync(
                    name.Name,
                    new ImagePushParameters { Tag = name.Version },
                    login ?? new AuthConfig(),
                    log,
                    stop.Token
                )
                .ConfigureAwait(false);
            said = log.Error;
        }
        catch (DockerApiException e)
        {
            said = RegistryPuller.Sentence(e);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            said = $"it was not done after {Deadline.TotalMinutes:0} min";
        }

        if (said is not null)
            throw new RegistryException(
                $"registry {name.Registry} did not take {name}: {said.TrimEnd('.')}{(problem is null ? "" : $" ({problem})")}. See that it can be written, and log in: docker login {name.Registry}"
            );
    }

    private sealed class PushLog : IProgress<JSONMessage>
    {
        public string? Error { get; private set; }

        public void Report(JSONMessage value) => Error ??= value.Error?.Message;
    }
}
