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
    /// <summary>The images as a record of the run names them.</summary>
    public IReadOnlyList<ComponentRecord> Components => [.. Images.Select(image => image.ToRecord())];
}
