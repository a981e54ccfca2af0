using System.Formats.Tar;
using System.Text;
using Verification.Stack.Images;
using Verification.Tests.Unit.Gate;
using Xunit;

namespace Verification.Tests.Unit.Images;

public sealed class RootFileSystemTests
{
    [Fact]
    public async Task The_first_to_name_a_path_wins_and_old_folders_lead_below_usr()
    {
        var entries = await MergeAsync(
            _ => false,
            Tar(("./bin/", null), ("./bin/tool", "first")),
            Tar(("./usr/bin/tool", "second"), ("./etc/.hidden", "x"))
        );

        Assert.Equal("first", entries["usr/bin/tool"]);
        Assert.Equal("x", entries["etc/.hidden"]);
        Assert.Equal("-> usr/bin", entries["bin"]);
    }

    [Fact]
    public async Task What_the_recipe_omits_stays_out()
    {
        var entries = await MergeAsync(
            path => path.StartsWith("usr/share/doc/", StringComparison.Ordinal),
            Tar(("./usr/share/doc/a", "x"), ("./usr/share/b", "y"))
        );

        Assert.DoesNotContain("usr/share/doc/a", entries.Keys);
        Assert.Contains("usr/share/b", entries.Keys);
    }

    [Theory]
    [InlineData(0b110_000_000, 0b110_100_100)]
    [InlineData(0b111_000_000, 0b111_101_101)]
    [InlineData(0b110_110_110, 0b110_100_100)]
    public async Task The_mode_of_a_file_in_an_image_does_not_depend_on_the_umask_that_it_was_made_under(int here, int inside)
    {
        using var folder = new TemporaryFolder();
        File.SetUnixFileMode(folder.File("etc/app/settings", "x"), (UnixFileMode)here);
        using var tar = new MemoryStream();
        await using (var system = new RootFileSystem(tar, _ => false, DateTimeOffset.UnixEpoch))
            await system.AddFolderAsync(folder.Path, "opt", TestContext.Current.CancellationToken);

        tar.Position = 0;
        await using var reader = new TarReader(tar);
        while (await reader.GetNextEntryAsync(copyData: true, TestContext.Current.CancellationToken) is { } entry)
            Assert.Equal(entry.EntryType == TarEntryType.Directory ? 0b111_101_101 : inside, (int)entry.Mode);
    }

    private static async Task<Dictionary<string, string>> MergeAsync(Func<string, bool> omits, params byte[][] packages)
    {
        using var merged = new MemoryStream();
        await using (var system = new RootFileSystem(merged, omits, DateTimeOffset.UnixEpoch))
        {
            await system.AddSkeletonAsync(TestContext.Current.CancellationToken);
            foreach (var package in packages)
            {
                using var stream = new MemoryStream(package);
                await system.AddTarAsync(stream, path => path, TestContext.Current.CancellationToken);
            }
        }

        merged.Position = 0;
        var entries = new Dictionary<string, string>();
        await using var reader = new TarReader(merged);
        while (await reader.GetNextEntryAsync(copyData: true, TestContext.Current.CancellationToken) is { } entry)
        {
            using var text = entry.DataStream is null ? null : new StreamReader(entry.DataStream);
            entries.Add(
                entry.Name.TrimEnd('/'),
                text is null ? $"-> {entry.LinkName}" : await text.ReadToEndAsync(TestContext.Current.CancellationToken)
            );
        }

        return entries;
    }

    private static byte[] Tar(params (string Path, string? Content)[] entries)
    {
        using var stream = new MemoryStream();
        using (var writer = new TarWriter(stream, leaveOpen: true))
        {
            foreach (var (path, content) in entries)
            {
                writer.WriteEntry(
                    content is null
                        ? new GnuTarEntry(TarEntryType.Directory, path)
                        : new GnuTarEntry(TarEntryType.RegularFile, path) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(content)) }
                );
            }
        }

        return stream.ToArray();
    }
}
