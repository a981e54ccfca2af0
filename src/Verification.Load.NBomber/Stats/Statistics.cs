#pragma warning disable CA1819 // NBomber's statistics are arrays.
namespace NBomber.Contracts.Stats;

/// <summary>How a report is written.</summary>
public enum ReportFormat
{
    /// <summary>Text.</summary>
    Txt = 0,

    /// <summary>A page; NBomber alone writes it.</summary>
    Html = 1,

    /// <summary>A table; NBomber alone writes it.</summary>
    Csv = 2,

    /// <summary>Markdown.</summary>
    Md = 3,
}

/// <summary>A test.</summary>
public sealed record TestInfo
{
    /// <summary>Id of this run of it.</summary>
    public string SessionId { get; init; } = "";

    /// <summary>Name of its suite.</summary>
    public string TestSuite { get; init; } = "";

    /// <summary>Its name.</summary>
    public string TestName { get; init; } = "";

    /// <summary>When the run was begun (UTC).</summary>
    public DateTime Created { get; init; }
}

/// <summary>What a node is in a cluster; there is only one here.</summary>
public enum NodeType
{
    /// <summary>The only one.</summary>
    SingleNode = 0,
}

/// <summary>The machine that makes the load.</summary>
public sealed record NodeInfo
{
    /// <summary>Its name.</summary>
    public string MachineName { get; init; } = "";

    /// <summary>What it is.</summary>
    public NodeType NodeType { get; init; }

    /// <summary>Its operating system.</summary>
    public string OS { get; init; } = "";

    /// <summary>Its runtime.</summary>
    public string DotNetVersion { get; init; } = "";

    /// <summary>How many cores it has.</summary>
    public int CoresCount { get; init; }
}

/// <summary>How often a status came.</summary>
/// <param name="StatusCode">The status.</param>
/// <param name="IsError">Whether it is a failure.</param>
/// <param name="Message">What came with it.</param>
/// <param name="Count">How often.</param>
public sealed record StatusCodeStats(string StatusCode, bool IsError, string Message, int Count)
{
    /// <summary>How many of 100 of its scenario or step, rounded.</summary>
    public int Percent { get; init; }
}

/// <summary>How many.</summary>
/// <param name="Count">In all.</param>
/// <param name="RPS">A second.</param>
/// <param name="Percent">Of 100 of its scenario or step, rounded.</param>
public sealed record RequestStats(int Count, double RPS, int Percent);

/// <summary>How many were how fast.</summary>
/// <param name="LessOrEq800">Within 800 ms.</param>
/// <param name="More800Less1200">Within 1,200 ms.</param>
/// <param name="MoreOrEq1200">Slower.</param>
public sealed record LatencyCount(int LessOrEq800, int More800Less1200, int MoreOrEq1200);

/// <summary>How long it took, in ms, from when an iteration was due, or from when a step began.</summary>
public sealed record LatencyStats
{
    /// <summary>The shortest.</summary>
    public double MinMs { get; init; }

    /// <summary>The mean.</summary>
    public double MeanMs { get; init; }

    /// <summary>The longest.</summary>
    public double MaxMs { get; init; }

    /// <summary>The median.</summary>
    public double Percent50 { get; init; }

    /// <summary>75 of 100 took at most this.</summary>
    public double Percent75 { get; init; }

    /// <summary>95 of 100 took at most this.</summary>
    public double Percent95 { get; init; }

    /// <summary>99 of 100 took at most this.</summary>
    public double Percent99 { get; init; }

    /// <summary>The standard deviation.</summary>
    public double StdDev { get; init; }

    /// <summary>How many were how fast.</summary>
    public LatencyCount LatencyCount { get; init; } = new(0, 0, 0);
}

/// <summary>How much came, in bytes.</summary>
public sealed record DataTransferStats
{
    /// <summary>The least.</summary>
    public long MinBytes { get; init; }

    /// <summary>The mean.</summary>
    public long MeanBytes { get; init; }

    /// <summary>The most.</summary>
    public long MaxBytes { get; init; }

    /// <summary>In all.</summary>
    public long AllBytes { get; init; }
}

/// <summary>What was measured of the good, or of the failed.</summary>
public sealed record MeasurementStats
{
    /// <summary>How many.</summary>
    public RequestStats Request { get; init; } = new(0, 0, 0);

    /// <summary>How long they took.</summary>
    public LatencyStats Latency { get; init; } = new();

    /// <summary>How much they brought.</summary>
    public DataTransferStats DataTransfer { get; init; } = new();

    /// <summary>What they were answered with.</summary>
    public StatusCodeStats[] StatusCodes { get; init; } = [];
}

/// <summary>A step of a scenario.</summary>
public sealed record StepStats
{
    /// <summary>Its name.</summary>
    public required string StepName { get; init; }

    /// <summary>The good.</summary>
    public required MeasurementStats Ok { get; init; }

    /// <summary>The failed.</summary>
    public required MeasurementStats Fail { get; init; }

    /// <summary>Its place among the steps.</summary>
    public int SortIndex { get; init; }
}

/// <summary>A scenario. What of the engine's account NBomber has no place for (dropped, unfinished, lag) is in the engine's own
/// result.</summary>
public sealed record ScenarioStats
{
    /// <summary>Its name.</summary>
    public required string ScenarioName { get; init; }

    /// <summary>The good iterations.</summary>
    public required MeasurementStats Ok { get; init; }

    /// <summary>The failed ones.</summary>
    public required MeasurementStats Fail { get; init; }

    /// <summary>Its steps; first the whole, "global information".</summary>
    public required StepStats[] StepStats { get; init; }

    /// <summary>How many ended.</summary>
    public int AllRequestCount => AllOkCount + AllFailCount;

    /// <summary>How many ended well.</summary>
    public int AllOkCount => Ok.Request.Count;

    /// <summary>How many ended otherwise.</summary>
    public int AllFailCount => Fail.Request.Count;

    /// <summary>How much came, in bytes.</summary>
    public long AllBytes => Ok.DataTransfer.AllBytes + Fail.DataTransfer.AllBytes;

    /// <summary>How long iterations were begun.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>Its place among the scenarios.</summary>
    public int SortIndex { get; init; }
}

/// <summary>A report that was written.</summary>
/// <param name="FilePath">Its file.</param>
/// <param name="ReportFormat">How it is written.</param>
/// <param name="ReportContent">What stands in it.</param>
public sealed record ReportFile(string FilePath, ReportFormat ReportFormat, string ReportContent);

/// <summary>All that was measured.</summary>
public sealed record NodeStats
{
    /// <summary>The scenarios.</summary>
    public required ScenarioStats[] ScenarioStats { get; init; }

    /// <summary>The machine.</summary>
    public required NodeInfo NodeInfo { get; init; }

    /// <summary>The test.</summary>
    public required TestInfo TestInfo { get; init; }

    /// <summary>The reports.</summary>
    public ReportFile[] ReportFiles { get; init; } = [];

    /// <summary>How many iterations ended.</summary>
    public int AllRequestCount => ScenarioStats.Sum(scenario => scenario.AllRequestCount);

    /// <summary>How many ended well.</summary>
    public int AllOkCount => ScenarioStats.Sum(scenario => scenario.AllOkCount);

    /// <summary>How many ended otherwise.</summary>
    public int AllFailCount => ScenarioStats.Sum(scenario => scenario.AllFailCount);

    /// <summary>How much came, in bytes.</summary>
    public long AllBytes => ScenarioStats.Sum(scenario => scenario.AllBytes);

    /// <summary>How long it took, without warm-up.</summary>
    public TimeSpan Duration { get; init; }
}
