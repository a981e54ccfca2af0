using System.Formats.Tar;
using System.Text;
using CliWrap;

namespace Verification.Stack.Images;

/// <summary>One tar of a root file system out of files, packages and folders. Nothing is unpacked on this machine; the first to name a path
/// wins.</summary>
/// <param name="target">Where it is written.</param>
/// <param name="omits">Whether a path stays out.</param>
/// <param name="date">The time of all that no package or archive dates.</param>
internal sealed class RootFileSystem(Stream target, Func<string, bool> omits, DateTimeOffset date) : IAsyncDisposable
{
    private static readonly string[] Merged = ["bin", "sbin", "lib", "lib64"];
    private readonly TarWriter tar = new(target, TarEntryFormat.Gnu, leaveOpen: true);
    private readonly HashSet<string> written = [""];

    /// <summary>The folders every system has, and the links that let /bin be /usr/bin.</summary>
    public async Task AddSkeletonAsync(CancellationToken cancellationToken)
    {
        foreach (
            var folder in new[]
            {
                "usr",
                "usr/bin",
                "usr/sbin",
                "usr/lib",
                "usr/lib64",
                "etc",
                "var",
                "var/lib",
                "dev",
                "proc",
                "sys",
                "root",
                "home",
                "opt",
                "run",
            }
        )
            await AddFolderEntryAsync(folder, cancellationToken).ConfigureAwait(false);
        foreach (var folder in new[] { "tmp", "var/tmp" })
        {
            await WriteAsync(Own(TarEntryType.Directory, folder + "/", (UnixFileMode)0b1_111_111_111), folder, cancellationToken)
                .ConfigureAwait(false);
        }

        foreach (var name in Merged)
            await AddLinkAsync(name, "usr/" + name, cancellationToken).ConfigureAwait(false);
        await AddLinkAsync("usr/bin/sh", "bash", cancellationToken).ConfigureAwait(false);
        await AddLinkAsync("var/run", "/run", cancellationToken).ConfigureAwait(false);
    }

    /// <summary>All files of a folder of this machine, under a path in the image, owned by root.</summary>
    public async Task AddFolderAsync(string folder, string under, CancellationToken cancellationToken)
    {
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var path = $"{under}/{Path.GetRelativePath(folder, file)}".TrimStart('/');
            await AddFileAsync(file, path, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>One file of this machine, owned by root, readable by all.</summary>
    public Task AddFileAsync(string file, string path, CancellationToken cancellationToken) =>
        AddFileAsync(file, path, File.GetUnixFileMode(file).HasFlag(UnixFileMode.UserExecute), cancellationToken);

    /// <summary>One program of this machine, owned by root, that all may run.</summary>
    public Task AddProgramAsync(string file, string path, CancellationToken cancellationToken) =>
        AddFileAsync(file, path, executable: true, cancellationToken);

    /// <summary>What a Debian package installs.</summary>
    /// <exception cref="CliWrap.Exceptions.CommandExecutionException">dpkg-deb can't read it.</exception>
    public Task AddPackageAsync(string file, CancellationToken cancellationToken) =>
        AddOutputAsync(Cli.Wrap("dpkg-deb").WithArguments(["--fsys-tarfile", file]), path => path, cancellationToken);

    /// <summary>One file of a text, owned by root, readable by all.</summary>
    public async Task AddTextAsync(string text, string path, CancellationToken cancellationToken)
    {
        using var content = new MemoryStream(Encoding.UTF8.GetBytes(text));
        await AddContentAsync(content, path, executable: false, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>All entries of the tar that a program writes.</summary>
    /// <param name="unpacker">The program.</param>
    /// <param name="place">Where the entry of a path goes.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="CliWrap.Exceptions.CommandExecutionException">The program failed.</exception>
    public async Task AddOutputAsync(Command unpacker, Func<string, string> place, CancellationToken cancellationToken)
    {
        var pipe = new System.IO.Pipelines.Pipe(
            new System.IO.Pipelines.PipeOptions(pauseWriterThreshold: 1 << 22, resumeWriterThreshold: 1 << 21)
        );
        await using var output = pipe.Writer.AsStream();
        await using var input = pipe.Reader.AsStream();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var unpack = UnpackAsync(unpacker, pipe.Writer, output, stop.Token);
        try
        {
            await AddTarAsync(input, place, cancellationToken).ConfigureAwait(false);
            await unpack.ConfigureAwait(false);
        }
        catch
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await pipe.Reader.CompleteAsync().ConfigureAwait(false);
            await unpack.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }
    }

    /// <summary>All entries of a tar.</summary>
    /// <param name="entries">The tar.</param>
    /// <param name="place">Where the entry of a path goes.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task AddTarAsync(Stream entries, Func<string, string> place, CancellationToken cancellationToken)
    {
        await using var reader = new TarReader(entries, leaveOpen: true);
        while (await reader.GetNextEntryAsync(copyData: false, cancellationToken).ConfigureAwait(false) is { } entry)
        {
            var path = place(Normal(entry.Name));
            if (written.Contains(path) || omits(path))
                continue;

            var isLink = entry.EntryType is TarEntryType.HardLink or TarEntryType.SymbolicLink;
            var copy = new GnuTarEntry(entry.EntryType is TarEntryType.V7RegularFile ? TarEntryType.RegularFile : entry.EntryType, path)
            {
                Mode = entry.Mode,
                Uid = entry.Uid,
                Gid = entry.Gid,
                ModificationTime = entry.ModificationTime,
                AccessTime = entry.ModificationTime,
                ChangeTime = entry.ModificationTime,
            };
            if (copy.EntryType is TarEntryType.RegularFile && entry.DataStream is { } content)
                copy.DataStream = new SizedStream(content, entry.Length);
            if (isLink)
                copy.LinkName = entry.EntryType is TarEntryType.HardLink ? place(Normal(entry.LinkName)) : entry.LinkName;
            await WriteAsync(copy, path, cancellationToken).ConfigureAwait(false);
        }

        // The blocks after the end mark are read too, or the program that unpacks ends with a broken pipe.
        await entries.CopyToAsync(Stream.Null, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync() => await tar.DisposeAsync().ConfigureAwait(false);

    private static async Task UnpackAsync(
        Command unpacker,
        System.IO.Pipelines.PipeWriter writer,
        Stream output,
        CancellationToken cancellationToken
    )
    {
        Exception? failure = null;
        try
        {
            await unpacker.WithStandardOutputPipe(PipeTarget.ToStream(output)).ExecuteAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            failure = e;
            throw;
        }
        finally
        {
            await writer.CompleteAsync(failure).ConfigureAwait(false);
        }
    }

    private async Task AddFileAsync(string file, string path, bool executable, CancellationToken cancellationToken)
    {
        await using var content = File.OpenRead(file);
        await AddContentAsync(content, path, executable, cancellationToken).ConfigureAwait(false);
    }

    private async Task AddContentAsync(Stream content, string path, bool executable, CancellationToken cancellationToken)
    {
        for (var at = path.IndexOf('/', StringComparison.Ordinal); at > 0; at = path.IndexOf('/', at + 1))
            await AddFolderEntryAsync(path[..at], cancellationToken).ConfigureAwait(false);

        const UnixFileMode Readable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
        const UnixFileMode Executable = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        var entry = Own(TarEntryType.RegularFile, path, executable ? Readable | Executable : Readable);
        entry.DataStream = content;
        await WriteAsync(entry, path, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A path without leading dot and slashes, and below usr/ where the system keeps one folder for both.</summary>
    private static string Normal(string name)
    {
        var path = (name.StartsWith("./", StringComparison.Ordinal) ? name[2..] : name).Trim('/');
        if (path == ".")
            path = "";
        return Array.Exists(Merged, m => path.StartsWith(m + "/", StringComparison.Ordinal)) ? "usr/" + path : path;
    }

    private Task AddFolderEntryAsync(string path, CancellationToken cancellationToken) =>
        written.Contains(path)
            ? Task.CompletedTask
            : WriteAsync(Own(TarEntryType.Directory, path + "/", (UnixFileMode)0b111_101_101), path, cancellationToken);

    private Task AddLinkAsync(string path, string to, CancellationToken cancellationToken)
    {
        var entry = Own(TarEntryType.SymbolicLink, path, (UnixFileMode)0b111_111_111);
        entry.LinkName = to;
        return WriteAsync(entry, path, cancellationToken);
    }

    /// <summary>An entry that nobody else has dated.</summary>
    private GnuTarEntry Own(TarEntryType type, string path, UnixFileMode mode) =>
        new(type, path)
        {
            Mode = mode,
            ModificationTime = date,
            AccessTime = date,
            ChangeTime = date,
        };

    private Task WriteAsync(TarEntry entry, string path, CancellationToken cancellationToken) =>
        written.Add(path) ? tar.WriteEntryAsync(entry, cancellationToken) : Task.CompletedTask;
}
