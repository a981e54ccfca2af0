namespace Verification.Objectives;

/// <summary>One line of <c>history.jsonl</c>: an operation, a fault or an event, in time order.</summary>
/// <param name="Kind">What the line is.</param>
/// <param name="Process">The logical client or actor that did it, for example <c>client-3</c>.</param>
/// <param name="Name">Operation (<c>post</c>, <c>get</c>), fault (<c>kill</c>) or event (<c>reset</c>).</param>
/// <param name="Marker">What identifies the operation's buff: the text it wrote into <c>question</c>; null where there is none.</param>
/// <param name="Invoke">Start, in ns on the monotonic clock since the history's anchor.</param>
/// <param name="Complete">End, in ns on the same clock; null while it has not ended.</param>
/// <param name="Outcome">How it ended; null for events.</param>
/// <param name="Target">Role of the instance it was aimed at, for example <c>mysql</c>.</param>
/// <param name="Detail">Status code, error or figure, for a person to read.</param>
public sealed record HistoryLine(
    HistoryKind Kind,
    string Process,
    string Name,
    string? Marker,
    long Invoke,
    long? Complete,
    Outcome? Outcome,
    string? Target,
    string? Detail);

/// <summary>What a history line is.</summary>
public enum HistoryKind
{
    /// <summary>The first line of a file: <see cref="HistoryLine.Detail"/> holds the wall-clock time (RFC 3339) of monotonic 0.</summary>
    Anchor,

    /// <summary>One invocation with its completion.</summary>
    Op,

    /// <summary>Something injected and healed.</summary>
    Fault,

    /// <summary>Anything else worth its place in time.</summary>
    Event,
}

/// <summary>How an operation ended.</summary>
public enum Outcome
{
    /// <summary>It happened.</summary>
    Ok,

    /// <summary>It certainly did not happen.</summary>
    Fail,

    /// <summary>It may or may not have happened.</summary>
    Info,
}
