using System.Text.Json.Serialization;

namespace Verification.Objectives;

/// <summary>One line of <c>history.jsonl</c>: what happened, when, to what. A checker needs nothing else.</summary>
public sealed record HistoryLine : IJsonOnDeserialized
{
    /// <summary><see cref="Process"/> of what the engine that runs the containers has told.</summary>
    public const string EngineProcess = "engine";

    /// <summary>What the line is.</summary>
    public required HistoryKind Kind { get; init; }

    /// <summary>The scenario it belongs to; null for what belongs to none.</summary>
    public string? Scenario { get; init; }

    /// <summary>The logical client or actor that did it, for example <c>client-3</c>.</summary>
    public required string Process { get; init; }

    /// <summary>Operation (<c>post</c>, <c>get</c>), fault (<c>kill</c>), event (<c>begin</c>) or observation (<c>rows</c>).</summary>
    public required string Name { get; init; }

    /// <summary>Name of the instance it was aimed at, for example <c>server-2</c>; null where it was aimed at none.</summary>
    public string? Instance { get; init; }

    /// <summary>What identifies the operation's buff (the text it wrote into <c>question</c>), or the fault; null where there is
    /// neither.</summary>
    public string? Marker { get; init; }

    /// <summary>Start, in ns on the monotonic clock since the history's anchor. With <see cref="Process"/> it identifies an
    /// operation.</summary>
    public required long Invoke { get; init; }

    /// <summary>End, in ns on the same clock; null while it has not ended, and for what has no length.</summary>
    public long? Complete { get; init; }

    /// <summary>How an operation ended; null for everything else.</summary>
    public Outcome? Outcome { get; init; }

    /// <summary>How far a fault is; null for everything else.</summary>
    public FaultPhase? Phase { get; init; }

    /// <summary>How many buffs were listed, or rows read; null where there was nothing to count.</summary>
    public long? Count { get; init; }

    /// <summary>File with what was listed or read, relative to the run's folder; null where it was not kept.</summary>
    public string? File { get; init; }

    /// <summary>Status code, error or figure, for a person to read.</summary>
    public string? Detail { get; init; }

    /// <summary>An operation begins.</summary>
    /// <param name="process">The logical client.</param>
    /// <param name="name">The operation.</param>
    /// <param name="instance">Whom it asks.</param>
    /// <param name="marker">What identifies its buff.</param>
    /// <param name="now">When.</param>
    public static HistoryLine Invocation(string process, string name, string instance, string? marker, long now) =>
        new()
        {
            Kind = HistoryKind.Invoke,
            Process = process,
            Name = name,
            Instance = instance,
            Marker = marker,
            Invoke = now,
        };

    /// <summary>The operation of an invocation has ended.</summary>
    public HistoryLine Ended(Outcome outcome, string detail, long now, long? count = null, string? file = null) =>
        this with
        {
            Kind = HistoryKind.Op,
            Outcome = outcome,
            Detail = detail,
            Complete = now,
            Count = count,
            File = file,
        };

    /// <summary>A fault has come to a phase.</summary>
    /// <param name="name">Kind of fault.</param>
    /// <param name="instance">Its target.</param>
    /// <param name="id">What identifies it in the run.</param>
    /// <param name="phase">The phase.</param>
    /// <param name="now">When.</param>
    /// <param name="detail">By what its effect is known, how it healed.</param>
    public static HistoryLine Fault(string name, string instance, string id, FaultPhase phase, long now, string? detail = null) =>
        new()
        {
            Kind = HistoryKind.Fault,
            Process = "suite",
            Name = name,
            Instance = instance,
            Marker = id,
            Phase = phase,
            Invoke = now,
            Detail = detail,
        };

    /// <summary>Something else worth its place in time.</summary>
    public static HistoryLine Event(string name, string? instance, long now, string? detail = null) =>
        new()
        {
            Kind = HistoryKind.Event,
            Process = "suite",
            Name = name,
            Instance = instance,
            Invoke = now,
            Detail = detail,
        };

    /// <summary>The engine has told of an instance.</summary>
    /// <param name="name">What happened, in the engine's word: <c>die</c>, <c>oom</c>.</param>
    /// <param name="instance">The instance.</param>
    /// <param name="at">When it happened.</param>
    /// <param name="detail">For a person to read: the exit code.</param>
    public static HistoryLine OfEngine(string name, string instance, long at, string? detail = null) =>
        Event(name, instance, at, detail) with
        {
            Process = EngineProcess,
        };

    /// <summary>Something was looked at that is no operation of a client.</summary>
    /// <param name="name">What was read: <c>rows</c>, <c>dead-letters</c>.</param>
    /// <param name="instance">Of whom.</param>
    /// <param name="invoke">When the look began.</param>
    /// <param name="now">When it ended.</param>
    /// <param name="count">How many were found.</param>
    /// <param name="file">File with all of it.</param>
    /// <param name="detail">For a person to read.</param>
    public static HistoryLine Observation(
        string name,
        string instance,
        long invoke,
        long now,
        long count,
        string? file = null,
        string? detail = null
    ) =>
        new()
        {
            Kind = HistoryKind.Observation,
            Process = "suite",
            Name = name,
            Instance = instance,
            Invoke = invoke,
            Complete = now,
            Count = count,
            File = file,
            Detail = detail,
        };

    /// <inheritdoc />
    void IJsonOnDeserialized.OnDeserialized() => LineRules.Demand(Count is null or >= 0, "a count of at least 0");
}

/// <summary>What a history line is.</summary>
public enum HistoryKind
{
    /// <summary>The first line of a file: <see cref="HistoryLine.Detail"/> holds the wall-clock time (RFC 3339) of monotonic 0.</summary>
    Anchor,

    /// <summary>An operation begins. What has no <see cref="Op"/> line for it is of unknown outcome.</summary>
    Invoke,

    /// <summary>An operation has ended: its invocation with its completion.</summary>
    Op,

    /// <summary>Something injected: its begin, the proof of its effect, its healing.</summary>
    Fault,

    /// <summary>Anything else worth its place in time.</summary>
    Event,

    /// <summary>Rows that were read, letters that were found.</summary>
    Observation,
}

/// <summary>How far a fault is.</summary>
public enum FaultPhase
{
    /// <summary>It is about to be applied.</summary>
    Begin,

    /// <summary>Its effect was seen.</summary>
    Effect,

    /// <summary>It is over.</summary>
    Healed,
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
