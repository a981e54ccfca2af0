using CsCheck;

namespace Verification.Platform.Generating;

/// <summary>Sequences of steps: buffs are posted, awaited, marked as deleted and listed, in any order.</summary>
public static class SequenceGen
{
    private const int FewestSteps = 6;
    private const int MostSteps = 14;
    private const int MostBuffs = 4;

    private static readonly Gen<SequenceStep> Posting = BuffGen
        .Any.List[1, MostBuffs]
        .Select(buffs => new SequenceStep(StepKind.Post) { Buffs = buffs });

    private static readonly Gen<SequenceStep> Step = Gen.Frequency(
        (4, Posting),
        (2, Of(StepKind.Await)),
        (3, Of(StepKind.List)),
        (3, Of(StepKind.ListAfresh)),
        (1, Of(StepKind.Delete))
    );

    /// <summary>Whatever went before: what is there is listed, and what is left of it when the first is gone.</summary>
    private static readonly SequenceStep[] End =
    [
        new(StepKind.Await),
        new(StepKind.ListAfresh),
        new(StepKind.Delete),
        new(StepKind.ListAfresh),
        new(StepKind.List),
    ];

    /// <summary>A sequence, but for the markers of its buffs; it takes a second at most.</summary>
    public static Gen<IReadOnlyList<SequenceStep>> Any { get; } =
        Gen.Select(Posting, Step.List[FewestSteps, MostSteps], (first, steps) => (IReadOnlyList<SequenceStep>)[first, .. steps, .. End]);

    /// <summary>A sequence in which a cached list expires, which takes 10 s more.</summary>
    public static Gen<IReadOnlyList<SequenceStep>> WithExpiry { get; } =
        Gen.Select(
            Any,
            Gen.Int[0, MostSteps],
            (steps, drawn) =>
            {
                var place = 1 + (drawn % (steps.Count - 1));
                return (IReadOnlyList<SequenceStep>)[.. steps.Take(place), new SequenceStep(StepKind.Expire), .. steps.Skip(place)];
            }
        );

    private static Gen<SequenceStep> Of(StepKind kind) => Gen.Const(new SequenceStep(kind));
}
