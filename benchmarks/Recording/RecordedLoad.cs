using Verification.Objectives;

namespace Verification.Benchmarks.Recording;

/// <summary>A load run without a platform: what its clients would have recorded, and what the table would hold of it.</summary>
/// <param name="Operations">How many operations; each is two lines, its invocation and its end.</param>
internal sealed record RecordedLoad(int Operations)
{
    /// <summary>How many acknowledged buffs the table lacks: the account must find just these.</summary>
    public const int Lost = 3;

    private const int Clients = 100;
    private const int OneRefusedOf = 1000;
    private const int OneUnknownOf = 1500;
    private static readonly string[] Names = [.. Enumerable.Range(0, Clients).Select(client => $"client-{client}")];

    /// <summary>Lines of the history, without its anchor.</summary>
    public int Lines => 2 * Operations;

    /// <summary>Every POST that was acknowledged, and is not among the lost, as one row.</summary>
    public Dictionary<string, long> Rows() =>
        Enumerable
            .Range(0, Operations)
            .Where(operation => OutcomeOf(operation) == Outcome.Ok)
            .Skip(Lost)
            .ToDictionary(MarkerOf, _ => 1L, StringComparer.Ordinal);

    /// <summary>Records all operations, as many threads at once as there are cores.</summary>
    public void Record(HistoryLog log) =>
        Parallel.For(
            0,
            Operations,
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount },
            operation =>
            {
                var begun = HistoryLine.Invocation(Names[operation % Clients], "post", "dashboard", MarkerOf(operation), log.Begin()) with
                {
                    Scenario = "SteadyLoad",
                };
                log.Append(begun);
                var outcome = OutcomeOf(operation);
                log.Append(begun.Ended(outcome, outcome == Outcome.Ok ? "200" : "503", log.Now));
            }
        );

    private static string MarkerOf(int operation) => $"who loads 7f3a90c1 {operation}";

    private static Outcome OutcomeOf(int operation) =>
        operation switch
        {
            _ when operation % OneRefusedOf == 1 => Outcome.Fail,
            _ when operation % OneUnknownOf == 2 => Outcome.Info,
            _ => Outcome.Ok,
        };
}
