using CsCheck;
using Verification.Platform.Generating;
using Xunit;

namespace Verification.Tests.Unit.Platform;

/// <summary>Generated sequences of steps, and what is simpler than one.</summary>
public sealed class SequenceTests
{
    [Fact]
    public void A_sequence_posts_first_and_ends_with_listings_of_what_is_there_and_of_what_a_deletion_leaves() =>
        SequenceGen.Any.Sample(steps =>
        {
            Assert.Equal(StepKind.Post, steps[0].Kind);
            Assert.Equal(
                [StepKind.Await, StepKind.ListAfresh, StepKind.Delete, StepKind.ListAfresh, StepKind.List],
                steps.TakeLast(5).Select(step => step.Kind)
            );
            Assert.All(steps, step => Assert.Equal(step.Kind == StepKind.Post, step.Buffs.Count > 0));
            Assert.DoesNotContain(steps, step => step.Kind == StepKind.Expire);
        });

    [Fact]
    public void Where_a_list_is_to_expire_one_does_once_something_was_posted() =>
        SequenceGen.WithExpiry.Sample(steps =>
        {
            Assert.Single(steps, step => step.Kind == StepKind.Expire);
            Assert.Equal(StepKind.Post, steps[0].Kind);
        });

    [Fact]
    public void The_sequences_have_every_step()
    {
        var drawn = new GeneratedCases(1).Draw(SequenceGen.Any, 30);

        // Behind those that are always there.
        Assert.Equal(
            [StepKind.Post, StepKind.Await, StepKind.List, StepKind.ListAfresh, StepKind.Delete],
            drawn.SelectMany(steps => steps.Skip(1).SkipLast(5)).Select(step => step.Kind).Distinct().Order()
        );
    }

    [Fact]
    public void What_is_simpler_has_fewer_steps_or_posts_less() =>
        SequenceGen.Any.Sample(
            steps =>
                Assert.All(
                    SimplerSequences.Of(steps),
                    simpler =>
                        Assert.True(simpler.Count < steps.Count || Posted(simpler) < Posted(steps) || Weight(simpler) < Weight(steps))
                ),
            iter: 20
        );

    [Fact]
    public void A_sequence_of_one_plain_buff_has_nothing_simpler() =>
        Assert.Empty(SimplerSequences.Of([new SequenceStep(StepKind.Post) { Buffs = [new GeneratedBuff("m") { Answers = ["a"] }] }]));

    [Fact]
    public void Steps_are_told_in_a_few_words() =>
        Assert.Equal(
            "post 0, await the rows, list, list afresh, mark the first as deleted, list, and again once that is cached no more",
            string.Join(", ", Enum.GetValues<StepKind>().Select(kind => new SequenceStep(kind)))
        );

    private static int Posted(IReadOnlyList<SequenceStep> steps) => steps.Sum(step => step.Buffs.Count);

    private static int Weight(IReadOnlyList<SequenceStep> steps) => steps.SelectMany(step => step.Buffs).Sum(SimplerBuffs.Weight);
}
