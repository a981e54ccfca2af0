namespace Verification.Objectives;

/// <summary>The operations of a history.</summary>
public static class Operations
{
    /// <summary>Every operation, once: those that have ended, and, as of unknown outcome, those of which only the invocation is there.</summary>
    public static IReadOnlyList<HistoryLine> Of(IEnumerable<HistoryLine> history)
    {
        var ended = new List<HistoryLine>();
        var open = new Dictionary<(string Process, long Invoke), HistoryLine>();
        foreach (var line in history)
        {
            if (line.Kind == HistoryKind.Invoke)
                open[(line.Process, line.Invoke)] = line;
            if (line.Kind != HistoryKind.Op)
                continue;
            open.Remove((line.Process, line.Invoke));
            ended.Add(line);
        }

        return [.. ended, .. open.Values.Select(line => line with { Kind = HistoryKind.Op, Outcome = Outcome.Info, Detail = "its end was not recorded" })];
    }
}
