namespace Verification.Objectives;

/// <summary>The operations of a history.</summary>
public static class Operations
{
    /// <summary>
    /// Every operation, once: those that have ended, as they ended, and behind them, as of unknown outcome, those of which only the
    /// invocation is there.
    /// Held in memory are the ones that have begun and not ended.
    /// </summary>
    public static IEnumerable<HistoryLine> Of(IEnumerable<HistoryLine> history)
    {
        var open = new OpenOperations();
        foreach (var line in history)
        {
            open.Follow(line);
            if (line.Kind == HistoryKind.Op)
                yield return line;
        }

        foreach (var line in open.Invocations)
            yield return line with
            {
                Kind = HistoryKind.Op,
                Outcome = Outcome.Info,
                Detail = "its end was not recorded",
            };
    }
}
