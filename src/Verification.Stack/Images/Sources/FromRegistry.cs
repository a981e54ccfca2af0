using Verification.Objectives;
using Verification.Stack.Images.Registries;

namespace Verification.Stack.Images.Sources;

/// <summary>An image as its registry has it now: pulled, unless the engine has the very same.</summary>
/// <param name="images">The engine's images.</param>
/// <param name="registry">Who asks registries.</param>
/// <param name="component">Component it is for.</param>
/// <param name="name">Its name.</param>
/// <param name="source">Who named it, for people: one phrase.</param>
/// <param name="say">Told each step.</param>
internal sealed class FromRegistry(
    EngineImages images,
    RegistryPuller registry,
    string component,
    ImageName name,
    string source,
    Action<string> say
) : IImageSource
{
    /// <summary>See <see cref="ComponentImage.Caveat"/>.</summary>
    public string? Caveat { get; init; }

    /// <summary>Version of the software where the image does not tell it.</summary>
    public string? Version { get; init; }

    public async Task<SourceAnswer> TryAsync(IReadOnlyList<string> tried, CancellationToken cancellationToken)
    {
        var before = await images.FindAsync(name.OnEngine, cancellationToken).ConfigureAwait(false);
        // A stranger may have taken that name on Docker Hub: what was built here is not replaced by it.
        if (before is not null && name.Registry is null && before.RepoDigests is null or { Count: 0 })
            return SourceAnswer.Not("registry: not asked, as it was made or loaded here and names none");

        say($"asking a registry for {name}");
        var (pulled, reason) = await registry.PullAsync(name, cancellationToken).ConfigureAwait(false);
        if (pulled is null)
            return SourceAnswer.Not(reason) with { IsSilence = registry.IsSilent(name) };
        var after = await images.FindAsync(pulled.OnEngine, cancellationToken).ConfigureAwait(false);
        var how = before is not null && before.ID == after?.ID ? "as its registry has it" : "pulled now";
        return await new OnEngine(images, component, pulled, $"{source}, {how}") { Caveat = Caveat, Version = Version }
            .TryAsync([], cancellationToken)
            .ConfigureAwait(false);
    }
}
