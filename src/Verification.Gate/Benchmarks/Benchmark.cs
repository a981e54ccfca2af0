namespace Verification.Gate.Benchmarks;

/// <summary>What <c>./verify bench</c> measures: the one list of it.</summary>
internal enum Benchmark
{
    /// <summary>The start of a platform.</summary>
    Boot,

    /// <summary>The STOMP client.</summary>
    Stomp,

    /// <summary>The history of a load run.</summary>
    Record,

    /// <summary>A restore.</summary>
    Restore,

    /// <summary>The archiver of binary logs.</summary>
    Archive,

    /// <summary>The load engine.</summary>
    Engine,
}

/// <summary>Names of benchmarks, and what they measure.</summary>
internal static class BenchmarkNames
{
    /// <summary>Every benchmark.</summary>
    public static IReadOnlyList<Benchmark> All { get; } = Enum.GetValues<Benchmark>();

    /// <summary>Its name on the command line.</summary>
    public static string Name(this Benchmark benchmark) => benchmark.ToString().ToLowerInvariant();

    /// <summary>The benchmark of a name; null where there is none.</summary>
    public static Benchmark? Find(string name) =>
        All.Where(benchmark => benchmark.Name() == name).Select(benchmark => (Benchmark?)benchmark).FirstOrDefault();

#pragma warning disable CS8524 // A benchmark without a name is none; one without an arm does not compile.
    /// <summary>What it measures, in a phrase.</summary>
    public static string Measures(this Benchmark benchmark) =>
        benchmark switch
        {
            Benchmark.Boot => "from warm images to a platform that answers, beside its slowest component alone",
            Benchmark.Stomp =>
                "100,000 persistent sends with pipelined receipts on one connection, beside a bare socket under the same load, on each broker",
            Benchmark.Record => "a million history lines written by one process, then read, judged and drawn",
            Benchmark.Restore =>
                "a million rows from the encrypted target to the first answer, beside a dump piped into a new server, without and with a replay",
            Benchmark.Archive => "two thousand uploads of open binary logs, the last beside the first, and what is held of them",
            Benchmark.Engine =>
                "the load engine's requests a second, beside wrk, hey and autocannon, and how exactly it sends 5,000 a second, beside vegeta",
        };
#pragma warning restore CS8524
}
