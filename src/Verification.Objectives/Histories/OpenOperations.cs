namespace Verification.Objectives;

/// <summary>The operations of a history that have begun and not ended, line by line.</summary>
public sealed class OpenOperations
{
    private readonly Dictionary<(string Process, long Invoke), HistoryLine> open = [];

    /// <summary>Invocations whose end has not come, as they began.</summary>
    public IReadOnlyCollection<HistoryLine> Invocations => open.Values;

    /// <summary>Takes the next line of the history.</summary>
    public void Follow(HistoryLine line)
    {
        if (line.Kind == HistoryKind.Invoke)
            open[(line.Process, line.Invoke)] = line;
        else if (line.Kind == HistoryKind.Op)
            open.Remove((line.Process, line.Invoke));
    }
}
