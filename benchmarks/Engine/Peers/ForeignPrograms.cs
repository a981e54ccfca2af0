using CliWrap.Exceptions;
using Verification.Objectives;
using Verification.Stack;
using Verification.Stack.Images;
using Verification.Stack.Images.Debian;

namespace Verification.Benchmarks.Engine.Peers;

/// <summary>Where the programs of this benchmark come from: those of Debian are unpacked into the cache, autocannon is had from npm, and
/// vegeta from <c>VERIFY_TOOLS</c> or PATH.</summary>
/// <param name="missing">Told of each that can't be had, and why.</param>
internal sealed class ForeignPrograms(Action<string> missing)
{
    private static readonly string[] Packages = ["nginx", "wrk", "hey"];

    /// <summary>What nginx needs to be a service of a system, and not to run.</summary>
    private static readonly string[] Without = ["iproute2", "debconf", "perl-base"];

    private DebianPrograms? debian;

    /// <summary>Gets those of Debian.</summary>
    public async Task GetAsync(CancellationToken cancellationToken)
    {
        try
        {
            debian = await DebianPrograms.GetAsync(
                Packages,
                Without,
                holder => Console.WriteLine($"{holder} makes something of packages: waiting for it"),
                cancellationToken
            );
        }
        catch (Exception e)
            when (e is PlatformNotSupportedException or InvalidOperationException or HttpRequestException or CommandExecutionException)
        {
            missing($"{string.Join(", ", Packages)}: no packages of Debian can be had here: {Quotation.Of(e.Message)}");
        }
    }

    /// <summary>A program of Debian; null where it can't be had.</summary>
    public ForeignProgram? OfDebian(string name)
    {
        if (debian is null)
            return null;
        var (path, before) = debian.Of(name);
        return new ForeignProgram(name, path, before);
    }

    /// <summary>A program of <c>VERIFY_TOOLS</c> or PATH; null where it is in neither.</summary>
    public ForeignProgram? OfTools(string name)
    {
        if (ProgramPlaces.Of(name) is [var first, ..])
            return new ForeignProgram(name, first, []);
        missing($"{name} is in no folder of {ProgramPlaces.Looked()}");
        return null;
    }

    /// <summary>autocannon, pinned by its lock; null where npm does not have it.</summary>
    public async Task<ForeignProgram?> AutocannonAsync(ProjectRoot root, RunFolder run, CancellationToken cancellationToken)
    {
        if (OfTools("node") is not { } node || OfTools("npm") is not { } npm)
            return null;
        var source = Path.Combine(root.Path, "benchmarks", "Engine", "Peers", "autocannon");
        using var hash = new ContentHash();
        var folder = Path.Combine(
            ImageStore.CacheFolder,
            $"autocannon-{hash.AddFile(source, Path.Combine(source, "package-lock.json")).Digits()}"
        );
        try
        {
            if (!Directory.Exists(folder))
                await InstallAsync(npm, source, folder, run, cancellationToken);
            return new ForeignProgram("autocannon", node.Path, [Path.Combine(folder, "node_modules", "autocannon", "autocannon.js")]);
        }
        catch (InvalidDataException e)
        {
            missing($"autocannon could not be had from npm: {e.Message}");
            return null;
        }
    }

    /// <summary>Made beside its place: nothing half-made is taken for whole.</summary>
    private static async Task InstallAsync(
        ForeignProgram npm,
        string source,
        string folder,
        RunFolder run,
        CancellationToken cancellationToken
    )
    {
        var beside = Directory.CreateDirectory($"{folder}.{Guid.NewGuid():N}").FullName;
        try
        {
            foreach (var file in new[] { "package.json", "package-lock.json" })
                File.Copy(Path.Combine(source, file), Path.Combine(beside, file));
            await npm.RunAsync(
                run,
                ["ci", "--prefix", beside, "--ignore-scripts", "--no-audit", "--no-fund"],
                input: "",
                cancellationToken
            );
            Directory.Move(beside, folder);
        }
        finally
        {
            if (Directory.Exists(beside))
                Directory.Delete(beside, recursive: true);
        }
    }
}
