using System.Formats.Tar;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Verification.Objectives;

namespace Verification.Stack.Images.Saved;

/// <summary>An image without the traces of when and where it was built: two builds of the same sources are then the same image.</summary>
internal static class DatedImage
{
    /// <summary>What a builder writes of itself.</summary>
    private static readonly string[] Traces = ["container", "container_config", "docker_version", "parent"];

    private static readonly string[] TracesOfConfig = ["Hostname", "Image"];

    /// <summary>Writes an image as an engine loads it: nothing in it is younger than a date.</summary>
    /// <param name="image">The image as it was built.</param>
    /// <param name="name">The name that it gets.</param>
    /// <param name="below">How many layers it stands on: they stay as they are.</param>
    /// <param name="withBelow">Whether they are written, too: an engine may load what stands on layers that it has without them.</param>
    /// <param name="date">Its date, in whole seconds.</param>
    /// <param name="target">Where it is written.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task WriteAsync(
        SavedImage image,
        ImageName name,
        int below,
        bool withBelow,
        DateTimeOffset date,
        Stream target,
        CancellationToken cancellationToken
    )
    {
        var tar = new TarWriter(target, TarEntryFormat.Gnu, leaveOpen: true);
        await using var written = tar.ConfigureAwait(false);
        var configuration = image.Configuration();
        var digests = configuration["rootfs"]!["diff_ids"]!.AsArray();
        var layers = new JsonArray();
        foreach (var (place, layer) in image.Layers.Index())
        {
            var file = $"{place}.tar";
            layers.Add(file);
            if (place >= below)
                digests[place] = await WriteDatedAsync(tar, file, image.LayerTar(layer), date, cancellationToken).ConfigureAwait(false);
            else if (withBelow)
                await WriteAsync(tar, file, image.Layer(layer), date, cancellationToken).ConfigureAwait(false);
        }

        var dated = JsonBytes(Dated(configuration, date));
        var file0 = $"{Convert.ToHexStringLower(SHA256.HashData(dated))}.json";
        await WriteAsync(tar, file0, new MemoryStream(dated), date, cancellationToken).ConfigureAwait(false);
        var manifest = new JsonArray(
            new JsonObject
            {
                ["Config"] = file0,
                ["RepoTags"] = new JsonArray(name.OnEngine),
                ["Layers"] = layers,
            }
        );
        await WriteAsync(tar, "manifest.json", new MemoryStream(JsonBytes(manifest)), date, cancellationToken).ConfigureAwait(false);
    }

    private static byte[] JsonBytes(JsonNode json) => System.Text.Encoding.UTF8.GetBytes(json.ToJsonString());

    private static JsonObject Dated(JsonObject configuration, DateTimeOffset date)
    {
        var text = date.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        foreach (var trace in Traces)
            configuration.Remove(trace);
        foreach (var trace in TracesOfConfig)
            configuration["config"]?.AsObject().Remove(trace);
        configuration["created"] = text;
        foreach (var step in configuration["history"]!.AsArray())
        {
            if (DateTimeOffset.Parse(step!["created"]!.GetValue<string>(), CultureInfo.InvariantCulture) > date)
                step["created"] = text;
        }

        return configuration;
    }

    /// <returns>The digest of the layer.</returns>
    private static async Task<string> WriteDatedAsync(
        TarWriter tar,
        string file,
        Stream layer,
        DateTimeOffset date,
        CancellationToken cancellationToken
    )
    {
        var dated = new FileStream(
            Path.GetTempFileName(),
            FileMode.Create,
            FileAccess.ReadWrite,
            FileShare.None,
            bufferSize: 1 << 16,
            FileOptions.DeleteOnClose | FileOptions.Asynchronous
        );
        await using var disposal = dated.ConfigureAwait(false);
        var reader = new TarReader(layer, leaveOpen: true);
        await using (reader.ConfigureAwait(false))
        {
            var writer = new TarWriter(dated, TarEntryFormat.Gnu, leaveOpen: true);
            await using var finished = writer.ConfigureAwait(false);
            while (await reader.GetNextEntryAsync(copyData: false, cancellationToken).ConfigureAwait(false) is { } entry)
                await writer.WriteEntryAsync(Dated(entry, date), cancellationToken).ConfigureAwait(false);
        }

        dated.Position = 0;
        var digest = Convert.ToHexStringLower(await SHA256.HashDataAsync(dated, cancellationToken).ConfigureAwait(false));
        await WriteAsync(tar, file, dated, date, cancellationToken).ConfigureAwait(false);
        return $"sha256:{digest}";
    }

    private static TarEntry Dated(TarEntry entry, DateTimeOffset date)
    {
        var time = entry.ModificationTime < date ? entry.ModificationTime : date;
        var type = entry.EntryType is TarEntryType.V7RegularFile ? TarEntryType.RegularFile : entry.EntryType;
        // Only this format holds more than a file's usual properties, such as its capabilities; its writer gives it a name of the process.
        TarEntry copy =
            entry is PaxTarEntry { ExtendedAttributes: var attributes }
            && attributes.Any(each => each.Key.StartsWith("SCHILY.", StringComparison.Ordinal))
                ? new PaxTarEntry(type, entry.Name, attributes.Where(each => each.Key.StartsWith("SCHILY.", StringComparison.Ordinal)))
                : new GnuTarEntry(type, entry.Name) { AccessTime = time, ChangeTime = time };
        (copy.Mode, copy.Uid, copy.Gid, copy.ModificationTime) = (entry.Mode, entry.Uid, entry.Gid, time);
        if (type is TarEntryType.HardLink or TarEntryType.SymbolicLink)
            copy.LinkName = entry.LinkName;
        if (
            type is TarEntryType.CharacterDevice or TarEntryType.BlockDevice
            && copy is PosixTarEntry device
            && entry is PosixTarEntry original
        )
            (device.DeviceMajor, device.DeviceMinor) = (original.DeviceMajor, original.DeviceMinor);
        if (type is TarEntryType.RegularFile && entry.DataStream is { } content)
            copy.DataStream = content.CanSeek ? content : new SizedStream(content, entry.Length);
        return copy;
    }

    private static Task WriteAsync(TarWriter tar, string name, Stream content, DateTimeOffset date, CancellationToken cancellationToken)
    {
        content.Position = 0;
        return tar.WriteEntryAsync(
            new GnuTarEntry(TarEntryType.RegularFile, name) { DataStream = content, ModificationTime = date },
            cancellationToken
        );
    }
}
