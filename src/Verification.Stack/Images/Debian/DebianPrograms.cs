using CliWrap;
using Verification.Stack.Runs;

namespace Verification.Stack.Images.Debian;

/// <summary>Programs of Debian on this machine, without installing anything: their packages, hashes checked, are unpacked into the cache
/// with all that they need, and their own loader starts them, so that they run on any Linux.</summary>
public sealed class DebianPrograms
{
    private const string Suite = "sid";
    private static readonly string[] Programs = ["usr/bin", "usr/sbin"];
    private readonly string folder;

    private DebianPrograms(string folder) => this.folder = folder;

    /// <summary>Gets packages.</summary>
    /// <param name="packages">Their names.</param>
    /// <param name="without">Packages that they need to be installed, and not to run.</param>
    /// <param name="waiting">Told who else is making something of packages, when it has to wait for that.</param>
    /// <param name="cancellationToken">Ends it; nothing half-made stays.</param>
    /// <exception cref="PlatformNotSupportedException">The machine can't use Debian packages; the message says why.</exception>
    /// <exception cref="InvalidOperationException">They can't be had; the message ends with what apt said.</exception>
    /// <exception cref="HttpRequestException">They can't be downloaded.</exception>
    public static async Task<DebianPrograms> GetAsync(
        IReadOnlyList<string> packages,
        IReadOnlyList<string> without,
        Action<string> waiting,
        CancellationToken cancellationToken
    )
    {
        var cache = ImageStore.CacheFolder;
        var host = await HostApt.FindAsync(cancellationToken).ConfigureAwait(false);
        using var turn = await MachineLock
            .TakeAsync(ImageStore.LockOfMaking, ImageStore.AdviceOfMaking, TimeProvider.System, waiting, cancellationToken)
            .ConfigureAwait(false);
        var index = await PackageIndex.OpenAsync(host, Suite, cache, cancellationToken).ConfigureAwait(false);
        var chosen = await index.ResolveAsync(new PackageWish("programs", packages, [], without), cancellationToken).ConfigureAwait(false);
        using var hash = new ContentHash();
        foreach (var package in chosen)
            hash.Add(package.Sha256);
        var folder = Path.Combine(cache, $"programs-{hash.Digits()}");
        if (!Directory.Exists(folder))
            await UnpackAsync(host, chosen, folder, cancellationToken).ConfigureAwait(false);
        return new DebianPrograms(folder);
    }

    /// <summary>How a program is started: what to run, and with which arguments before its own.</summary>
    /// <param name="program">Its file name.</param>
    /// <exception cref="FileNotFoundException">No package holds it.</exception>
    public (string Path, IReadOnlyList<string> Arguments) Of(string program)
    {
        var file =
            Programs.Select(inner => Path.Combine(folder, inner, program)).FirstOrDefault(File.Exists)
            ?? throw new FileNotFoundException($"None of the packages in {folder} holds a program {program}.");
        var libraries = Path.Combine(folder, "usr", "lib", "x86_64-linux-gnu");
        return (Path.Combine(libraries, "ld-linux-x86-64.so.2"), ["--library-path", libraries, file]);
    }

    private static async Task UnpackAsync(
        HostApt host,
        IReadOnlyList<DebianPackage> packages,
        string folder,
        CancellationToken cancellationToken
    )
    {
        using var files = new PackageCache(Path.Combine(ImageStore.CacheFolder, "debs"), host.Proxy);
        var beside = $"{folder}.{Guid.NewGuid():N}";
        Directory.CreateDirectory(beside);
        try
        {
            foreach (var file in await Task.WhenAll(packages.Select(p => files.FetchAsync(p, cancellationToken))).ConfigureAwait(false))
                await Cli.Wrap("dpkg-deb").WithArguments(["--extract", file, beside]).ExecuteAsync(cancellationToken).ConfigureAwait(false);
            Directory.Move(beside, folder);
        }
        finally
        {
            if (Directory.Exists(beside))
                Directory.Delete(beside, recursive: true);
        }
    }
}
