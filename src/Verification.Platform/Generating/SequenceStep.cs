namespace Verification.Platform.Generating;

/// <summary>A step of a generated sequence.</summary>
/// <param name="Kind">What is done.</param>
public sealed record SequenceStep(StepKind Kind)
{
    /// <summary>What is posted, one after the other; none where nothing is.</summary>
    public IReadOnlyList<GeneratedBuff> Buffs { get; init; } = [];

    /// <summary>The step in a few words.</summary>
    public override string ToString() =>
        Kind switch
        {
            StepKind.Post => $"post {Buffs.Count}",
            StepKind.Await => "await the rows",
            StepKind.List => "list",
            StepKind.ListAfresh => "list afresh",
            StepKind.Delete => "mark the first as deleted",
            _ => "list, and again once that is cached no more",
        };
}

/// <summary>What a step does.</summary>
public enum StepKind
{
    /// <summary>Posts buffs.</summary>
    Post,

    /// <summary>Waits until all that was posted has its row.</summary>
    Await,

    /// <summary>Lists, out of the cache where that has a list.</summary>
    List,

    /// <summary>Lists with nothing in the cache.</summary>
    ListAfresh,

    /// <summary>Marks the first buff that has its row as deleted.</summary>
    Delete,

    /// <summary>Lists, waits until what was cached of it has expired, and lists again.</summary>
    Expire,
}
