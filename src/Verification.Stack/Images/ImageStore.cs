using Verification.Stack.Engine;
using Verification.Stack.Images.Registries;
using Verification.Stack.Images.Sources;

namespace Verification.Stack.Images;

/// <summary>
/// Finds or makes the image of each component, in this order: one here under its content tag; the official one in a registry that answers,
/// else as it lies here; one made from a recipe. An image that the user named is asked for at its registry, and taken from here
/// where that can't be.
/// See <c>images/README.md</c> and <see cref="SourceLists"/>.
/// </summary>
public sealed class ImageStore
{
    private readonly DockerEngine engine;
    private readonly ProjectRoot root;
    private readonly TimeProvider time;
    private readonly Lazy<RegistryPuller> registry;

    /// <summary>A store on an engine, for the recipes and services of a root.</summary>
    public ImageStore(DockerEngine engine, ProjectRoot root)
        : this(engine, root, TimeProvider.System) { }

    internal ImageStore(DockerEngine engine, ProjectRoot root, TimeProvider time)
    {
        (this.engine, this.root, this.time) = (engine, root, time);
        // One for all calls: a registry that did not answer once is not waited for again.
        registry = new Lazy<RegistryPuller>(() =>
            new RegistryPuller(
                engine,
                new EngineImages(engine),
                RegistryChoice.FromEnvironment(),
                RegistryCredentials.FromEnvironment(),
                time
            )
        );
    }

    /// <summary>Where packages and their index are kept between runs: <c>XDG_CACHE_HOME</c>, else <c>~/.cache</c>, and <c>verification</c>
    /// in it.</summary>
    public static string CacheFolder =>
        Path.Combine(
            Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } named
                ? named
                : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache"),
            "verification"
        );

    /// <summary>What to do where <see cref="LockOfMaking"/> can't be made.</summary>
    internal const string AdviceOfMaking = "Set XDG_CACHE_HOME to a folder that can be written and has room.";

    /// <summary>The lock of whoever makes something of packages on this machine.</summary>
    internal static string LockOfMaking => Path.Combine(CacheFolder, "images.lock");

    /// <summary>The image of each component.</summary>
    /// <param name="components">Names of <c>config/versions.yaml</c>: mysql, redis, artemis, classic, aspnet, dashboard, server.</param>
    /// <param name="overrides">Images that the user chose instead.</param>
    /// <param name="progress">Told each step, from any thread.</param>
    /// <param name="cancellationToken">Ends it; nothing half-made stays.</param>
    /// <exception cref="ImageException">One can't be had.</exception>
    /// <exception cref="FormatException"><c>config/versions.yaml</c>, a recipe or the name of an image can't be read.</exception>
    /// <exception cref="ArgumentException">There is no such component.</exception>
    public async Task<IReadOnlyDictionary<string, ComponentImage>> ResolveAsync(
        IReadOnlyList<string> components,
        ImageOverrides overrides,
        IProgress<ImageProgress> progress,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(components);
        ArgumentNullException.ThrowIfNull(overrides);
        ArgumentNullException.ThrowIfNull(progress);
        await using var search = Search(components, overrides, progress);
        return await search.AllAsync([.. components.Distinct()], cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The images that the engine has now, found as <see cref="ResolveAsync"/> finds them; nothing is asked for, pulled or
    /// made.</summary>
    /// <param name="components">Names of <c>config/versions.yaml</c>.</param>
    /// <param name="overrides">Images that the user chose instead.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The image of each component whose image is here; the others are left out.</returns>
    /// <exception cref="FormatException"><c>config/versions.yaml</c>, a recipe or the name of an image can't be read.</exception>
    /// <exception cref="ArgumentException">There is no such component.</exception>
    public async Task<IReadOnlyDictionary<string, ComponentImage>> LookAsync(
        IReadOnlyList<string> components,
        ImageOverrides overrides,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(components);
        ArgumentNullException.ThrowIfNull(overrides);
        await using var search = Search(components, overrides, progress: null);
        var seen = await Task.WhenAll(components.Distinct().Select(component => search.HereAsync(component, cancellationToken)))
            .ConfigureAwait(false);
        return seen.OfType<ComponentImage>().ToDictionary(image => image.Component);
    }

    /// <summary>Whether a component's image is here, can be made (nothing is made yet), or can be pulled (then it is here
    /// afterwards).</summary>
    /// <param name="component">A name of <c>config/versions.yaml</c>.</param>
    /// <param name="progress">Told each step.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<bool> CanHaveAsync(string component, IProgress<ImageProgress> progress, CancellationToken cancellationToken)
    {
        await using var search = Search([component], ImageOverrides.None, progress);
        return await search.CanHaveAsync(component, cancellationToken).ConfigureAwait(false);
    }

    private ImageSearch Search(IReadOnlyList<string> components, ImageOverrides overrides, IProgress<ImageProgress>? progress)
    {
        var versions = VersionList.Read(root);
        foreach (var name in components.Concat(overrides.Images.Keys))
        {
            if (!versions.Components.ContainsKey(name) && !versions.Services.ContainsKey(name))
                throw new ArgumentException(
                    $"There is no component '{name}'. There are: {string.Join(", ", versions.Components.Keys.Concat(versions.Services.Keys))}.",
                    nameof(components)
                );
        }

        var workshop = new Workshop(root, new EngineImages(engine), time, progress);
        return new ImageSearch(new SourceLists(versions, overrides, workshop, registry.Value), workshop);
    }
}
