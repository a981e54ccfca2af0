using Verification.Objectives;
using Verification.Stack;
using Verification.Stack.Images;

namespace Verification.Gate.Stages;

/// <summary>A stage that is to run.</summary>
/// <param name="Stage">The stage.</param>
/// <param name="Budget">Wall time it may take.</param>
/// <param name="Broker">Kind of broker; null for a suite that needs no platform.</param>
/// <param name="Images">The images that its stack is to be started from; none where it attaches to one, or needs none.</param>
internal sealed record PlannedStage(Stage Stage, TimeSpan Budget, BrokerKind? Broker, IReadOnlyList<ComponentImage> Images)
{
    /// <summary>The objectives that it is asked for; null for all that its run is to decide.</summary>
    public IReadOnlyList<string>? Objectives { get; init; }

    /// <summary>Those of its run that it is not asked for.</summary>
    public IReadOnlyList<string> Without { get; init; } = [];

    /// <summary>The images as a record of the run names them.</summary>
    public IReadOnlyList<ComponentRecord> Components => [.. Images.Select(image => image.ToRecord())];

    /// <summary>The stages, each once: entries of a profile that come to the same one, as on a stack that is attached to, are that stage
    /// together. It is asked for what any of them is, and has the time of them all.</summary>
    /// <param name="planned">A stage for each entry, in order.</param>
    public static IReadOnlyList<PlannedStage> Merge(IEnumerable<PlannedStage> planned) =>
        [.. planned.GroupBy(each => each.Stage).Select(group => group.Aggregate((first, next) => first.And(next)))];

    private bool IsNotAskedFor(string objective) => Without.Contains(objective) || Objectives?.Contains(objective) == false;

    private PlannedStage And(PlannedStage other) =>
        this with
        {
            Budget = Budget + other.Budget,
            Objectives = Objectives is { } own && other.Objectives is { } more ? [.. own.Union(more)] : null,
            Without = [.. Without.Where(other.IsNotAskedFor), .. other.Without.Where(IsNotAskedFor)],
        };
}
