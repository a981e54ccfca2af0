using System.Formats.Tar;
using System.Text;
using System.Text.Json;
using Verification.Stack.Images.Contents;
using Verification.Stack.Images.Saved;
using Xunit;

namespace Verification.Tests.Unit.Images;

/// <summary>Images as an engine saves them, made of texts.</summary>
internal static class SavedImages
{
    /// <summary>What an image of some layers holds, each of which has some files.</summary>
    public static async Task<ImageContents> ContentsOfAsync(params IReadOnlyList<IReadOnlyList<(string Path, string Content)>> layers)
    {
        var parts = layers
            .Select((layer, place) => ($"{place}/layer.tar", Tar(layer.Select(file => (file.Path, Encoding.UTF8.GetBytes(file.Content))))))
            .ToList();
        parts.Add(("config.json", "{}"u8.ToArray()));
        parts.Add(
            (
                "manifest.json",
                JsonSerializer.SerializeToUtf8Bytes(
                    new[] { new { Config = "config.json", Layers = layers.Select((_, place) => $"{place}/layer.tar") } }
                )
            )
        );
        using var saved = new MemoryStream(Tar(parts));
        await using var image = await SavedImage.ReadAsync(saved, TestContext.Current.CancellationToken);
        return await ImageContents.OfAsync(image, TestContext.Current.CancellationToken);
    }

    private static byte[] Tar(IEnumerable<(string Path, byte[] Content)> files)
    {
        using var stream = new MemoryStream();
        using (var writer = new TarWriter(stream, TarEntryFormat.Gnu, leaveOpen: true))
        {
            foreach (var (path, content) in files)
                writer.WriteEntry(new GnuTarEntry(TarEntryType.RegularFile, path) { DataStream = new MemoryStream(content) });
        }

        return stream.ToArray();
    }
}
