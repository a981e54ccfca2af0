using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using HdrHistogram;
using HdrHistogram.Encoding;
using HdrHistogram.Utilities;
using Verification.Objectives;

namespace Verification.Load;

/// <summary>The distributions of a load as files that can be merged with those of other loads: histogram logs (version 1.3), with the
/// histogram in HdrHistogram's compressed encoding V2. The package's own writer is not used: it writes UTF-16, and zlib streams without
/// their end, which the readers of other languages refuse.</summary>
/// <param name="run">Folder of the run.</param>
public sealed class HistogramFiles(RunFolder run)
{
    private const string Ending = "hlog";
    private const int Cookie = 0x1c849314;
    private const int LengthAt = sizeof(int);
    private const double MicrosecondsPerMillisecond = 1000;

    /// <summary>Keeps the distributions of a load, each in a file of its own. Where nothing was recorded there is no file.</summary>
    /// <param name="name">What the names of the files begin with.</param>
    /// <param name="load">The load.</param>
    /// <exception cref="IOException">One could not be written.</exception>
    public IReadOnlyList<HistogramFile> Keep(string name, LoadResult load)
    {
        ArgumentNullException.ThrowIfNull(load);
        var files = new CheckFiles(run);
        return
        [
            .. load
                .Operations.SelectMany(operation => operation.Distributions)
                .Where(distribution => distribution.Times.TotalCount > 0)
                .Select(each => new HistogramFile(
                    each.Operation,
                    each.Step,
                    each.Kind,
                    files.KeepText(
                        $"{name} {each.Operation}{(each.Step is { } step ? $" {step}" : "")} {each.Kind}",
                        Ending,
                        Log(each.Times, load)
                    )
                )),
        ];
    }

    /// <summary>The log of a histogram: times of day in s since 1970, the longest in ms, what it holds in µs.</summary>
    private static string Log(HistogramBase times, LoadResult load) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"""
            #[Histogram log format version 1.3]
            #[StartTime: {Seconds(load.Began):0.000} (seconds since epoch), {load.Began.UtcDateTime:O}]
            "StartTimestamp","Interval_Length","Interval_Max","Interval_Compressed_Histogram"
            {Seconds(load.Began):0.000},{load.Took.TotalSeconds:0.000},{times.GetMaxValue() / MicrosecondsPerMillisecond:0.000},{Encoded(
                times
            )}

            """
        );

    private static double Seconds(DateTimeOffset at) => at.ToUnixTimeMilliseconds() / 1000.0;

    /// <summary>The compressed encoding V2: a cookie, the length of what follows, and that: a zlib stream (RFC 1950) of the encoding
    /// V2.</summary>
    private static string Encoded(HistogramBase times)
    {
        var plain = ByteBuffer.Allocate(times.GetNeededByteBufferCapacity());
        var length = times.Encode(plain, HistogramEncoderV2.Instance);
        plain.Position = 0;
        using var encoded = new MemoryStream();
        encoded.Write(new byte[LengthAt + sizeof(int)]);
        using (var zlib = new ZLibStream(encoded, CompressionLevel.Optimal, leaveOpen: true))
        {
            for (var place = 0; place < length; place++)
                zlib.WriteByte(plain.Get());
        }

        var bytes = encoded.ToArray();
        BinaryPrimitives.WriteInt32BigEndian(bytes, Cookie);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(LengthAt), bytes.Length - LengthAt - sizeof(int));
        return Convert.ToBase64String(bytes);
    }
}

/// <summary>A file with a distribution.</summary>
/// <param name="Operation">Name of the operation.</param>
/// <param name="Step">Name of its step; null for whole iterations.</param>
/// <param name="Kind">From when to when the times count.</param>
/// <param name="File">The file, relative to the run's folder.</param>
public sealed record HistogramFile(string Operation, string? Step, DistributionKind Kind, string File);
