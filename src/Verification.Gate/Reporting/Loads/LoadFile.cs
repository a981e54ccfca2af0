using System.Text.Json;
using System.Text.Json.Serialization;
using Verification.Objectives;

namespace Verification.Gate.Reporting.Loads;

/// <summary>What a picture of a load needs of the result that its suite has left in <c>checks/load-….json</c>.</summary>
/// <param name="Scenario">Name of the load.</param>
/// <param name="Began">When it began (UTC).</param>
/// <param name="Operations">Its operations.</param>
internal sealed record LoadFile(string Scenario, DateTimeOffset Began, IReadOnlyList<LoadFile.Operation> Operations)
{
    private const string Pattern = "load-*.json";

    /// <summary>What the platform used in each second.</summary>
    public IReadOnlyList<PlatformUse> Platform { get; init; } = [];

    /// <summary>What its components counted in each second.</summary>
    public IReadOnlyList<Counted> Counters { get; init; } = [];

    /// <summary>Why the generator, not the platform, decided the figures; null where it did not.</summary>
    public string? Saturation { get; init; }

    /// <summary>Why no more was begun before all that was planned; null where it was.</summary>
    public string? Stopped { get; init; }

    /// <summary>Those of a run, in the order in which they began. One that can't be read is left out: what it says is shown
    /// elsewhere.</summary>
    public static IReadOnlyList<LoadFile> Of(RunFolder run) =>
        Directory.Exists(run.Checks)
            ? [.. Directory.EnumerateFiles(run.Checks, Pattern).Select(Read).OfType<LoadFile>().OrderBy(load => load.Began)]
            : [];

    private static LoadFile? Read(string file)
    {
        try
        {
            return JsonSerializer.Deserialize<LoadFile>(File.ReadAllText(file), DocumentReader.Json);
        }
        catch (Exception e) when (e is JsonException or IOException)
        {
            return null;
        }
    }

    /// <summary>An operation.</summary>
    /// <param name="Name">Its name.</param>
    /// <param name="Seconds">What ended in each second.</param>
    /// <param name="Curve">The distribution of its response times.</param>
    internal sealed record Operation(string Name, IReadOnlyList<Second> Seconds, IReadOnlyList<Point> Curve)
    {
        /// <summary>How many were planned.</summary>
        public long Planned { get; init; }

        /// <summary>How many were answered well.</summary>
        public long Ok { get; init; }

        /// <summary>How many were answered otherwise.</summary>
        public long Failed { get; init; }

        /// <summary>How many were not answered in time.</summary>
        public long TimedOut { get; init; }

        /// <summary>How many the generator had no room for.</summary>
        public long Dropped { get; init; }

        /// <summary>How many were under way at the end.</summary>
        public long Unfinished { get; init; }

        /// <summary>How many a second were begun.</summary>
        public double RatePerSecond { get; init; }

        /// <summary>The response times.</summary>
        public Times Response { get; init; } = new(0, 0, 0, 0, 0);

        /// <summary>The generator's lateness.</summary>
        public Times Lag { get; init; } = new(0, 0, 0, 0, 0);
    }

    /// <summary>A distribution of times, ms.</summary>
    /// <param name="P50">The median.</param>
    /// <param name="P75">75 of 100 are at most this.</param>
    /// <param name="P95">95 of 100 are at most this.</param>
    /// <param name="P99">99 of 100 are at most this.</param>
    /// <param name="Max">The longest.</param>
    internal sealed record Times(double P50, double P75, double P95, double P99, double Max);

    /// <summary>What ended in a second.</summary>
    /// <param name="At">Which, from 0.</param>
    /// <param name="Ended">How many.</param>
    /// <param name="P50">The median of their response times, ms.</param>
    /// <param name="P99">99 of 100 took at most this, ms.</param>
    internal sealed record Second([property: JsonPropertyName("second")] int At, long Ended, double P50, double P99);

    /// <summary>A point of a distribution.</summary>
    /// <param name="Percentile">So many of 100,</param>
    /// <param name="Milliseconds">were at most this, ms.</param>
    internal sealed record Point(double Percentile, double Milliseconds);

    /// <summary>What the platform used in a second.</summary>
    /// <param name="Second">Which, from 0.</param>
    /// <param name="Instances">Each instance, by its name.</param>
    internal sealed record PlatformUse(int Second, IReadOnlyDictionary<string, Use> Instances);

    /// <summary>What an instance used.</summary>
    /// <param name="Cores">How many cores.</param>
    /// <param name="MemoryBytes">Its memory, bytes.</param>
    /// <param name="ReceivedPerSecond">What came in over the network, bytes a second; null where that was not told.</param>
    /// <param name="SentPerSecond">What went out, the same.</param>
    internal sealed record Use(double Cores, long MemoryBytes, double? ReceivedPerSecond = null, double? SentPerSecond = null);

    /// <summary>What the components counted in a second.</summary>
    /// <param name="Second">Which, from 0.</param>
    /// <param name="Counters">Each count, by its name.</param>
    internal sealed record Counted(int Second, IReadOnlyDictionary<string, double> Counters);
}
