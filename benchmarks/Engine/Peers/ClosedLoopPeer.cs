using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Verification.Objectives;

namespace Verification.Benchmarks.Engine.Peers;

/// <summary>Another load generator, with as many connections, each of which asks again once it was answered.</summary>
/// <param name="Program">The program.</param>
/// <param name="Arguments">Its arguments for an address and a time in seconds.</param>
/// <param name="PerSecond">Answers a second, read from what it prints.</param>
internal sealed partial record ClosedLoopPeer(
    ForeignProgram Program,
    Func<Uri, int, IReadOnlyList<string>> Arguments,
    Func<string, double> PerSecond
)
{
    /// <summary>wrk.</summary>
    public static ClosedLoopPeer Wrk(ForeignProgram program) =>
        new(
            program,
            (address, seconds) => ["-t", "1", "-c", $"{EngineLoad.Connections}", "-d", $"{seconds}s", $"{address}"],
            output =>
                output.Contains("Non-2xx", StringComparison.Ordinal) || output.Contains("Socket errors", StringComparison.Ordinal)
                    ? throw NotAnswered("wrk", output)
                    : RequestsPerSecond(output)
        );

    /// <summary>hey.</summary>
    public static ClosedLoopPeer Hey(ForeignProgram program) =>
        new(
            program,
            (address, seconds) => ["-z", $"{seconds}s", "-c", $"{EngineLoad.Connections}", $"{address}"],
            output =>
                output.Contains("Error distribution", StringComparison.Ordinal)
                    ? throw NotAnswered("hey", output)
                    : RequestsPerSecond(output)
        );

    /// <summary>autocannon.</summary>
    public static ClosedLoopPeer Autocannon(ForeignProgram program) =>
        new(
            program,
            (address, seconds) => ["--json", "-c", $"{EngineLoad.Connections}", "-d", $"{seconds}", $"{address}"],
            output =>
            {
                using var result = JsonDocument.Parse(output);
                return result.RootElement.GetProperty("errors").GetInt64() > 0 || result.RootElement.GetProperty("non2xx").GetInt64() > 0
                    ? throw NotAnswered("autocannon", output)
                    : result.RootElement.GetProperty("2xx").GetInt64() / result.RootElement.GetProperty("duration").GetDouble();
            }
        );

    /// <summary>Runs it.</summary>
    /// <returns>Answers a second.</returns>
    public async Task<double> RunAsync(RunFolder run, Uri address, int seconds, CancellationToken cancellationToken) =>
        PerSecond(await Program.RunAsync(run, Arguments(address, seconds), input: "", cancellationToken));

    private static double RequestsPerSecond(string output) =>
        RequestsLine().Match(output) is { Success: true } match
            ? double.Parse(match.Groups["rate"].Value, CultureInfo.InvariantCulture)
            : throw new InvalidDataException($"There is no line Requests/sec in what was printed: {Quotation.Of(output)}");

    private static InvalidDataException NotAnswered(string name, string output) =>
        new($"{name} was not answered well: {Quotation.Of(output)}");

    [GeneratedRegex(@"Requests/sec:\s+(?<rate>[\d.]+)", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex RequestsLine();
}
