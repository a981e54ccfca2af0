using System.Collections.Concurrent;
using System.Diagnostics;
using Docker.DotNet.Models;
using Verification.Objectives;
using Verification.Stack.Engine;
using Verification.Stack.Images.Registries;
using Verification.Stack.Images.Services;
using Verification.Stack.Runs;

namespace Verification.Stack.Images;

/// <summary>
/// Finds or makes the image of each component, in this order: one here under its content tag; the official one, here or in a registry
/// that answers; one made from a recipe. See <c>images/README.md</c>.
/// </summary>
public sealed class ImageStore
{
    private const string Prefix = "verification/";
    private const long NeededBytes = 2L << 30;
    private readonly ProjectRoot root;
    private readonly EngineImages images;
    private readonly DockerEngine engine;
    private readonly TimeProvider time;

    /// <summary>A store on an engine, for the recipes and services of a root.</summary>
    public ImageStore(DockerEngine engine, ProjectRoot root)
        : this(engine, root, TimeProvider.System)
    {
    }

    internal ImageStore(DockerEngine engine, ProjectRoot root, TimeProvider time)
    {
        (this.engine, this.root, this.time) = (engine, root, time);
        images = new EngineImages(engine);
    }

    /// <summary>Where packages and their index are kept between runs: <c>XDG_CACHE_HOME</c>, else <c>~/.cache</c>, and <c>verification</c> in it.</summary>
    public static string CacheFolder => Path.Combine(
        Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } named
            ? named
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache"),
        "verification");

    /// <summary>The image of each component.</summary>
    /// <param name="components">Names of <c>config/versions.yaml</c>: mysql, redis, artemis, classic, aspnet, dashboard, server.</param>
    /// <param name="overrides">Images that the user chose instead.</param>
    /// <param name="progress">Told each step, from any thread.</param>
    /// <param name="cancellationToken">Ends it; nothing half-made stays.</param>
    /// <exception cref="ImageException">One can't be had.</exception>
    /// <exception cref="FormatException"><c>config/versions.yaml</c> or a recipe can't be read.</exception>
    /// <exception cref="ArgumentException">There is no such component.</exception>
    public async Task<IReadOnlyDictionary<string, ComponentImage>> ResolveAsync(
        IReadOnlyList<string> components, ImageOverrides overrides, IProgress<ImageProgress> progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(components);
        ArgumentNullException.ThrowIfNull(overrides);
        ArgumentNullException.ThrowIfNull(progress);
        return await ResolutionOf(components, overrides, progress).ResolveAsync(components.Distinct().ToList(), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The images that the engine has now, found as <see cref="ResolveAsync"/> finds them; nothing is pulled or made.</summary>
    /// <param name="components">Names of <c>config/versions.yaml</c>.</param>
    /// <param name="overrides">Images that the user chose instead.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The image of each component whose image is here; the others are left out.</returns>
    /// <exception cref="FormatException"><c>config/versions.yaml</c> or a recipe can't be read.</exception>
    /// <exception cref="ArgumentException">There is no such component.</exception>
    public async Task<IReadOnlyDictionary<string, ComponentImage>> LookAsync(
        IReadOnlyList<string> components, ImageOverrides overrides, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(components);
        ArgumentNullException.ThrowIfNull(overrides);
        return await ResolutionOf(components, overrides, progress: null).LookAsync(components.Distinct().ToList(), cancellationToken).ConfigureAwait(false);
    }

    private Resolution ResolutionOf(IReadOnlyList<string> components, ImageOverrides overrides, IProgress<ImageProgress>? progress)
    {
        var list = VersionList.Read(root);
        foreach (var name in components.Concat(overrides.Images.Keys))
        {
            if (!list.Components.ContainsKey(name) && !list.Services.ContainsKey(name))
                throw new ArgumentException($"There is no component '{name}'. There are: {string.Join(", ", list.Components.Keys.Concat(list.Services.Keys))}.", nameof(components));
        }

        return new Resolution(this, list, WithProjects(list, overrides), progress);
    }

    /// <summary>Whether a component's image is here, can be pulled (then it is here afterwards), or can be made. Nothing is made yet.</summary>
    /// <param name="component">A name of <c>config/versions.yaml</c>.</param>
    /// <param name="progress">Told each step.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public Task<bool> CanHaveAsync(string component, IProgress<ImageProgress> progress, CancellationToken cancellationToken) =>
        new Resolution(this, VersionList.Read(root), ImageOverrides.None, progress).CanHaveAsync(component, cancellationToken);

    /// <summary>Lets services be made from the projects that the user named.</summary>
    /// <returns>The overrides that name images.</returns>
    private ImageOverrides WithProjects(VersionList list, ImageOverrides overrides)
    {
        var projects = overrides.Images.Where(each => each.Value.StartsWith(ServiceImages.BuildOf, StringComparison.Ordinal)).ToList();
        foreach (var (name, value) in projects)
        {
            var project = value[ServiceImages.BuildOf.Length..];
            if (!list.Services.TryGetValue(name, out var service))
                throw new ImageException(name, [$"'{value}': only services are built from projects"], "Name an image.");
            if (Path.IsPathRooted(project) || !project.EndsWith(".csproj", StringComparison.Ordinal) || !File.Exists(Path.Combine(root.Path, project)))
                throw new ImageException(name, [$"'{value}': {root.Path} holds no such project"], $"Name a .csproj by its path from there, as in {ServiceImages.BuildOf}{service.Project}.");
            service.Project = project;
        }

        return new ImageOverrides(overrides.Images.Except(projects).ToDictionary(each => each.Key, each => each.Value, StringComparer.Ordinal));
    }

    private string? ContentTag(Recipe recipe, string? basis)
    {
        using var hash = new ContentHash();
        foreach (var folder in recipe.Folders)
            hash.AddFolder(root.Path, folder);
        if (recipe.DotnetRuntime)
            hash.Add(DotnetRuntime.Find().Version);
        if (basis is not null)
            hash.Add(basis);
        return $"{Prefix}{recipe.Name}:{hash.Digits()}";
    }

    private string ServiceTag(ServiceEntry service, string name, string basis)
    {
        var recipe = Recipe.Read(root, service.Recipe);
        using var hash = new ContentHash();
        // What lies beside the project is shared with it.
        var sources = Path.GetFullPath(Path.Combine(root.Path, service.Project, "..", ".."));
        hash.Add(service.Project).AddFolder(root.Path, recipe.Folder).AddProject(root.Path, sources).AddProject(root.Path, Path.Combine(root.Path, "src", "Verification.Stomp"));
        foreach (var file in new[] { "Directory.Build.props", "Directory.Packages.props", "global.json" })
            hash.AddFile(root.Path, Path.Combine(root.Path, file));
        return $"{Prefix}{name}:{hash.Add(basis).Digits()}";
    }

    private static void CheckSpace(string component, string folder)
    {
        var free = new DriveInfo(Path.GetFullPath(folder)).AvailableFreeSpace;
        if (free < NeededBytes)
        {
            throw new ImageException(
                component, [$"recipe: {folder} has {free >> 20} MB free, making images takes {NeededBytes >> 20} MB"], "Free disk space there and start again.");
        }
    }

    /// <summary>One call: what was found out is remembered until it ends. Without somebody to tell the steps to, it takes none: it only looks.</summary>
    private sealed class Resolution(ImageStore store, VersionList list, ImageOverrides overrides, IProgress<ImageProgress>? progress)
    {
        private readonly long started = Stopwatch.GetTimestamp();
        private readonly ConcurrentDictionary<string, ComponentImage> found = new();
        private readonly RegistryPuller registry = new(store.engine, store.images, RegistryChoice.FromEnvironment(), store.time);

        public async Task<IReadOnlyDictionary<string, ComponentImage>> ResolveAsync(List<string> components, CancellationToken cancellationToken)
        {
            await Task.WhenAll(components.Select(c => FindHereAsync(c, cancellationToken))).ConfigureAwait(false);
            var missing = components.Where(c => !found.ContainsKey(c)).ToList();
            if (missing.Count > 0)
                await MakeAsync(missing, cancellationToken).ConfigureAwait(false);
            return components.ToDictionary(c => c, c => found[c]);
        }

        public async Task<bool> CanHaveAsync(string component, CancellationToken cancellationToken)
        {
            if (await FindHereAsync(component, cancellationToken).ConfigureAwait(false) || RecipeOf(component)?.Archives.TrueForAll(archive => archive.IsGiven) == true)
                return true;
            var image = list.Components[component].Image;
            Say(component, $"asking a registry for {image}");
            return await registry.TryPullAsync(image, cancellationToken).ConfigureAwait(false) is null;
        }

        public async Task<IReadOnlyDictionary<string, ComponentImage>> LookAsync(List<string> components, CancellationToken cancellationToken)
        {
            await Task.WhenAll(components.Select(c => FindHereAsync(c, cancellationToken))).ConfigureAwait(false);
            return components.Where(found.ContainsKey).ToDictionary(c => c, c => found[c]);
        }

        private void Say(string component, string step) => progress?.Report(new ImageProgress(component, step, Stopwatch.GetElapsedTime(started)));

        /// <summary>What costs no network: an override, the content tag, the official name.</summary>
        private async Task<bool> FindHereAsync(string component, CancellationToken cancellationToken)
        {
            if (found.ContainsKey(component))
                return true;
            if (overrides.Images.TryGetValue(component, out var chosen))
            {
                if (progress is null)
                    return await TakeAsync(component, chosen, "named by the user", cancellationToken).ConfigureAwait(false);
                await TakeOverrideAsync(component, chosen, cancellationToken).ConfigureAwait(false);
                return true;
            }

            if (list.Services.TryGetValue(component, out var service))
            {
                if (!await FindHereAsync(service.Base, cancellationToken).ConfigureAwait(false))
                    return false;
                return await TakeAsync(component, store.ServiceTag(service, component, found[service.Base].Digest), $"{service.Project}, made earlier", cancellationToken).ConfigureAwait(false);
            }

            var entry = list.Components[component];
            return (RecipeOf(component) is { } recipe
                    && await TakeAsync(component, store.ContentTag(recipe, null)!, $"images/{recipe.Name}, made earlier", cancellationToken).ConfigureAwait(false))
                || await TakeAsync(component, entry.Image, "official image, pulled earlier", cancellationToken, entry.Version).ConfigureAwait(false);
        }

        private async Task MakeAsync(List<string> missing, CancellationToken cancellationToken)
        {
            using var held = await MachineLock.TakeAsync(
                Path.Combine(CacheFolder, "images.lock"), "Set XDG_CACHE_HOME to a folder that can be written and has room.", store.time, () => Say(missing[0], "waiting for another run that makes images"), cancellationToken).ConfigureAwait(false);

            // The other run may have made them meanwhile.
            await Task.WhenAll(missing.Select(c => FindHereAsync(c, cancellationToken))).ConfigureAwait(false);
            var services = missing.Where(c => !found.ContainsKey(c) && list.Services.ContainsKey(c)).ToList();
            var bought = missing.Where(c => !list.Services.ContainsKey(c)).Concat(services.Select(s => list.Services[s].Base))
                .Distinct().Where(c => !found.ContainsKey(c)).ToList();

            using var builder = new RecipeBuilder(store.images, CacheFolder);
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var bases = bought.ToDictionary(c => c, c => BuyAsync(c, builder, stop.Token));
            var work = bases.Values.ToList();
            if (services.Count > 0)
                work.Add(MakeServicesAsync(services, bases, builder.Resolved, stop.Token));
            await AllOrStopAsync(work, stop).ConfigureAwait(false);
        }

        /// <summary>Waits for all; the first failure stops the others, and is the one that is thrown.</summary>
        private static async Task AllOrStopAsync(List<Task> work, CancellationTokenSource stop)
        {
            Exception? first = null;
            await foreach (var done in Task.WhenEach(work).ConfigureAwait(false))
            {
                if (done.IsCompletedSuccessfully || first is not null)
                    continue;
                try
                {
                    await done.ConfigureAwait(false);
                }
                catch (Exception e)
                {
                    first = e;
                    await stop.CancelAsync().ConfigureAwait(false);
                }
            }

            if (first is not null)
                System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(first);
        }

        private async Task BuyAsync(string component, RecipeBuilder builder, CancellationToken cancellationToken)
        {
            var entry = list.Components[component];
            var tried = new List<string>();
            Say(component, $"asking a registry for {entry.Image}");
            if (await registry.TryPullAsync(entry.Image, cancellationToken).ConfigureAwait(false) is not { } reason)
            {
                if (await TakeAsync(component, entry.Image, "official image, pulled now", cancellationToken, entry.Version).ConfigureAwait(false))
                    return;
                reason = $"registry: {entry.Image} was pulled, but the engine doesn't have it";
            }

            if (RecipeOf(component) is not { } recipe)
            {
                throw new ImageException(
                    component, ["engine: it has no image of it", reason, "recipe: there is none"], $"Make {entry.Image} available to the engine, or name a registry in {RegistryChoice.Variable}.");
            }

            var tag = store.ContentTag(recipe, null)!;
            tried.AddRange([$"engine: it has neither {tag} nor {entry.Image}", reason]);
            CheckSpace(component, CacheFolder);
            try
            {
                await builder.BuildAsync(recipe, tag, step => Say(component, step), cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
            {
                tried.Add($"recipe images/{recipe.Name}: {e.Message}");
                throw new ImageException(
                    component, tried, $"Pull {entry.Image} on a machine that reaches a registry and load it here, name a mirror in {RegistryChoice.Variable}, or run on Debian with a mirror in apt's sources.", e);
            }

            await TakeAsync(component, tag, $"images/{recipe.Name}, made now", cancellationToken).ConfigureAwait(false);
            Say(component, "ready");
        }

        private async Task MakeServicesAsync(List<string> services, Dictionary<string, Task> bases, Task resolved, CancellationToken cancellationToken)
        {
            // The compiler would take the processor from what all recipes wait for.
            if (bases.Count > 0)
                await Task.WhenAny(resolved, Task.WhenAll(bases.Values)).WaitAsync(cancellationToken).ConfigureAwait(false);
            var folder = Directory.CreateTempSubdirectory("verification-publish-").FullName;
            try
            {
                foreach (var service in services)
                    Say(service, "publishing");
                IReadOnlyDictionary<string, string> published;
                try
                {
                    published = await ServicePublisher.PublishAsync(
                        store.root, services.Select(s => list.Services[s].Project).Distinct().ToList(), folder, cancellationToken).ConfigureAwait(false);
                }
                catch (InvalidOperationException e)
                {
                    throw new ImageException(string.Join(" and ", services), [e.Message], "Repair what the compiler names, or name images of your own.", e);
                }

                await Task.WhenAll(services.Select(s => MakeServiceAsync(s, published, bases, cancellationToken))).ConfigureAwait(false);
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }
        }

        private async Task MakeServiceAsync(string component, IReadOnlyDictionary<string, string> published, Dictionary<string, Task> bases, CancellationToken cancellationToken)
        {
            var service = list.Services[component];
            if (bases.TryGetValue(service.Base, out var coming))
                await coming.ConfigureAwait(false);
            var basis = found[service.Base];
            var tag = store.ServiceTag(service, component, basis.Digest);
            Say(component, $"building on {basis.Image}");
            try
            {
                await store.images.BuildAsync(
                    tag,
                    Path.Combine(store.root.Images, service.Recipe, "Dockerfile"),
                    published[service.Project],
                    new Dictionary<string, string> { ["BASE"] = basis.Image },
                    new Dictionary<string, string> { [EngineImages.NameLabel] = component, [EngineImages.VersionLabel] = EngineImages.Split(tag).Tag },
                    cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                throw new ImageException(component, [$"build of {service.Project} on {basis.Image}: {e.Message}"], "Repair images/ or services/, or name an image of your own.", e);
            }

            await TakeAsync(component, tag, $"{service.Project}, made now", cancellationToken).ConfigureAwait(false);
            Say(component, "ready");
        }

        private async Task TakeOverrideAsync(string component, string image, CancellationToken cancellationToken)
        {
            if (await TakeAsync(component, image, "named by the user", cancellationToken).ConfigureAwait(false))
                return;
            Say(component, $"asking a registry for {image}");
            var reason = await registry.TryPullAsync(image, cancellationToken).ConfigureAwait(false);
            if (!await TakeAsync(component, image, "named by the user, pulled now", cancellationToken).ConfigureAwait(false))
            {
                throw new ImageException(
                    component, [$"engine: it has no {image}", reason ?? "registry: the pull left no image"], "Check the name, or load the image into the engine.");
            }
        }

        private Recipe? RecipeOf(string component) => list.Components[component].Recipe is { } name ? Recipe.Read(store.root, name) : null;

        private async Task<bool> TakeAsync(string component, string image, string source, CancellationToken cancellationToken, string? version = null)
        {
            if (await store.images.FindAsync(image, cancellationToken).ConfigureAwait(false) is not { } seen)
                return false;
            found[component] = new ComponentImage(component, image, DigestOf(seen), VersionOf(seen) ?? version ?? EngineImages.Split(image).Tag, source);
            return true;
        }

        private static string DigestOf(ImageInspectResponse image) => image.RepoDigests is [var first, ..] ? first[(first.IndexOf('@', StringComparison.Ordinal) + 1)..] : image.ID;

        private static string? VersionOf(ImageInspectResponse image)
        {
            var labels = image.Config?.Labels;
            return labels is not null && labels.TryGetValue(EngineImages.VersionLabel, out var version) ? version : null;
        }
    }
}
