using Verification.Objectives;
using Verification.Stack.Images.Contents;
using Verification.Stack.Images.Debian;
using Verification.Stack.Images.Services;

namespace Verification.Stack.Images;

/// <summary>Makes images from recipes. One index and one package cache serve all recipes of a build.</summary>
internal sealed class RecipeBuilder(EngineImages images, string cache) : IDisposable
{
    private readonly Lock opening = new();
    private readonly Dictionary<string, Task<PackageIndex>> indexes = [];
    private readonly TaskCompletionSource resolved = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task<HostApt>? host;
    private PackageCache? packages;

    /// <summary>Done once the first recipe knows its packages: until then everything waits for one small program.</summary>
    public Task Resolved => resolved.Task;

    /// <summary>Makes one image.</summary>
    /// <param name="recipe">How.</param>
    /// <param name="image">Under which name.</param>
    /// <param name="app">The publication of its project; null where it names none.</param>
    /// <param name="date">The date that it bears, in whole seconds.</param>
    /// <param name="step">Told each step.</param>
    /// <param name="cancellationToken">Ends it; nothing half-made stays.</param>
    public async Task BuildAsync(
        Recipe recipe,
        ImageName image,
        string? app,
        DateTimeOffset date,
        Action<string> step,
        CancellationToken cancellationToken
    )
    {
        foreach (var archive in recipe.Archives)
            await archive.FindAsync(cancellationToken).ConfigureAwait(false);
        foreach (var program in recipe.Programs)
            await program.FindAsync(cancellationToken).ConfigureAwait(false);
        step("reading the package index");
        var apt = await HostAsync(cancellationToken).ConfigureAwait(false);
        var index = await IndexAsync(apt, recipe.Suite, cancellationToken).ConfigureAwait(false);
        var chosen = await index.ResolveAsync(recipe.Wish, cancellationToken).ConfigureAwait(false);
        resolved.TrySetResult();
        var files = chosen.Select(p => packages!.FetchAsync(p, cancellationToken)).ToList();
        var version = VersionOf(recipe, chosen);

        var rootfs = $"{image.Name}-rootfs:{image.Version}";
        try
        {
            step($"downloading and merging {chosen.Count} packages, {Size.Text(chosen.Sum(p => p.Size))}");
            await images
                .ImportAsync(rootfs, recipe.Name, (stream, ct) => WriteAsync(recipe, files, date, stream, ct), cancellationToken)
                .ConfigureAwait(false);

            step("running the steps of its Dockerfile");
            await images
                .BuildAsync(
                    image,
                    Path.Combine(recipe.Folder, "Dockerfile"),
                    app,
                    KeyValuePair.Create("ROOTFS", rootfs),
                    new Dictionary<string, string> { [EngineImages.NameLabel] = recipe.Name, [EngineImages.VersionLabel] = version },
                    date,
                    cancellationToken
                )
                .ConfigureAwait(false);
        }
        finally
        {
            await images.UntagAsync(rootfs, CancellationToken.None).ConfigureAwait(false);
            await images.RemoveRemainsAsync(recipe.Name, CancellationToken.None).ConfigureAwait(false);
            await ((Task)Task.WhenAll(files)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public void Dispose() => packages?.Dispose();

    private static string VersionOf(Recipe recipe, IReadOnlyList<DebianPackage> chosen) =>
        recipe.Version is { } pinned ? pinned
        : recipe.Software == "dotnet" ? DotnetRuntime.Find().Version
        : chosen.FirstOrDefault(p => p.Name == recipe.Software)?.SoftwareVersion
            ?? throw new InvalidOperationException(
                $"{recipe.Folder}/packages names '{recipe.Software}' as its software, which is not among its packages"
            );

    private static async Task WriteAsync(
        Recipe recipe,
        List<Task<string>> files,
        DateTimeOffset date,
        Stream stream,
        CancellationToken cancellationToken
    )
    {
        await using var system = new RootFileSystem(stream, recipe.Omits, date);
        await system.AddSkeletonAsync(cancellationToken).ConfigureAwait(false);
        foreach (var overlay in recipe.Folders.Select(f => Path.Combine(f, "files")).Where(Directory.Exists))
            await system.AddFolderAsync(overlay, "", cancellationToken).ConfigureAwait(false);

        if (recipe.DotnetRuntime)
        {
            var runtime = DotnetRuntime.Find();
            await system.AddFileAsync(runtime.Muxer, "usr/share/dotnet/dotnet", cancellationToken).ConfigureAwait(false);
            foreach (var (path, folder) in runtime.Folders())
                await system.AddFolderAsync(folder, path, cancellationToken).ConfigureAwait(false);
        }

        foreach (var archive in recipe.Archives)
            await archive.AddToAsync(system, cancellationToken).ConfigureAwait(false);
        foreach (var program in recipe.Programs)
            await program.AddToAsync(system, cancellationToken).ConfigureAwait(false);

        var descriptions = new List<string>();
        // In one order, whichever comes first: unpacking runs beside the downloads all the same.
        foreach (var file in files)
        {
            var package = await file.ConfigureAwait(false);
            await system.AddPackageAsync(package, cancellationToken).ConfigureAwait(false);
            descriptions.Add(await DebianPackage.DescribeAsync(package, cancellationToken).ConfigureAwait(false));
        }

        // No dpkg has run: its list is what tells whoever looks what the image holds.
        await system.AddTextAsync(PackageLists.Write(descriptions), PackageLists.OfDpkg, cancellationToken).ConfigureAwait(false);
    }

    private async Task<HostApt> HostAsync(CancellationToken cancellationToken)
    {
        Task<HostApt> asked;
        lock (opening)
            asked = host ??= HostApt.FindAsync(cancellationToken);
        var found = await asked.ConfigureAwait(false);
        lock (opening)
            packages ??= new PackageCache(Path.Combine(cache, "debs"), found.Proxy);
        return found;
    }

    private Task<PackageIndex> IndexAsync(HostApt apt, string suite, CancellationToken cancellationToken)
    {
        lock (opening)
        {
            if (!indexes.TryGetValue(suite, out var index))
                indexes[suite] = index = PackageIndex.OpenAsync(apt, suite, cache, cancellationToken);
            return index;
        }
    }
}
