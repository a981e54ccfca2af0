using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using Verification.Infrastructure.Leaks;
using Xunit;

namespace Verification.Tests.Unit.Infrastructure;

public sealed class ImageFilesTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("verification-").FullName;
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("0f/layer.tar", false, "0f-layer.tar")]
    [InlineData("blobs/sha256/aa", false, "blobs-sha256-aa")]
    [InlineData("blobs/sha256/aa", true, "blobs-sha256-aa")]
    public async Task A_text_of_any_layer_is_laid_down_whoever_takes_it_away_above(string name, bool packed, string expected)
    {
        await LayDownAsync(
            ("config.json", """{"config":{"Env":["A=b"]}}"""u8.ToArray()),
            (name, Packed(Layer(("app/settings", "token: a"u8.ToArray()), ("app/program", "\u007fELF\0"u8.ToArray())), packed)),
            ("1f/layer.tar", Layer(("app/.wh.settings", [])))
        );

        Assert.Equal("token: a", await ReadAsync(expected, "app_", "settings"));
        Assert.Equal("""{"config":{"Env":["A=b"]}}""", await ReadAsync("config.json"));
        Assert.Equal(2, Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Count());
    }

    [Fact]
    public async Task A_layer_of_two_images_is_laid_down_once()
    {
        await LayDownAsync(("0f/layer.tar", Layer(("a", "first"u8.ToArray()))));
        await LayDownAsync(("0f/layer.tar", Layer(("a", "second"u8.ToArray()))), ("1f/layer.tar", Layer(("a", "third"u8.ToArray()))));

        Assert.Equal("first", await ReadAsync("0f-layer.tar", "a"));
        Assert.Equal("third", await ReadAsync("1f-layer.tar", "a"));
    }

    [Theory]
    [InlineData("../../outside")]
    [InlineData("/../outside")]
    public async Task No_name_leads_out_of_the_folder(string name)
    {
        var inner = Directory.CreateDirectory(Path.Combine(folder, "a", "b")).FullName;

        await ImageFiles.LayDownAsync(Saved(("0f/layer.tar", Layer((name, "text"u8.ToArray())))), inner, Cancellation);

        Assert.Empty(Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task A_layer_that_nobody_can_unpack_is_told()
    {
        var told = await Assert.ThrowsAsync<FormatException>(() =>
            LayDownAsync(
                ("0f/layer.tar", Layer(("a", "text"u8.ToArray()))),
                ("blobs/sha256/1f", [0x28, 0xb5, 0x2f, 0xfd, .. new byte[600]])
            )
        );

        Assert.Contains("zstd", told.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_image_is_told()
    {
        await Assert.ThrowsAsync<FormatException>(() => LayDownAsync(("manifest.json", "[]"u8.ToArray())));
        await Assert.ThrowsAsync<FormatException>(() =>
            ImageFiles.LayDownAsync(new MemoryStream(Encoding.ASCII.GetBytes(new string('x', 2000))), folder, Cancellation)
        );
    }

    private Task LayDownAsync(params (string Name, byte[] Content)[] parts) => ImageFiles.LayDownAsync(Saved(parts), folder, Cancellation);

    private Task<string> ReadAsync(params string[] path) =>
        File.ReadAllTextAsync(Path.Combine([folder, .. path]) + ImageFiles.Ending, Cancellation);

    /// <summary>An image with one file in its only layer, laid down.</summary>
    internal static Task LayDownAsync(string folder, string name, string content) =>
        ImageFiles.LayDownAsync(Saved(("0f/layer.tar", Layer((name, Encoding.UTF8.GetBytes(content))))), folder, Cancellation);

    private static MemoryStream Saved(params (string Name, byte[] Content)[] parts) => new(Layer(parts));

    private static byte[] Packed(byte[] layer, bool packed)
    {
        if (!packed)
            return layer;
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionMode.Compress))
            gzip.Write(layer);
        return bytes.ToArray();
    }

    private static byte[] Layer(params (string Name, byte[] Content)[] files)
    {
        using var bytes = new MemoryStream();
        using (var tar = new TarWriter(bytes, TarEntryFormat.Gnu))
        {
            foreach (var (name, content) in files)
                tar.WriteEntry(new GnuTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(content) });
        }

        return bytes.ToArray();
    }
}
