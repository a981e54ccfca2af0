using Verification.Load;
using Verification.Platform;
using Xunit;

namespace Verification.Tests.Unit.Load;

public sealed class BuffLoadTests
{
    [Fact]
    public void A_good_answer_is_ok() =>
        Assert.Equal(IterationAnswer.Ok, BuffLoad.AnswerOf(new HttpAnswer(200, "", null, [], null), isGood: true));

    [Fact]
    public void No_answer_within_the_deadline_has_timed_out() =>
        Assert.Equal(
            IterationOutcome.TimedOut,
            BuffLoad.AnswerOf(HttpAnswer.None(new TaskCanceledException("10 s are over", new TimeoutException())), isGood: false).Outcome
        );

    [Fact]
    public void A_reset_has_failed_with_its_reason() =>
        Assert.Equal(
            new IterationAnswer(IterationOutcome.Failed, "reset"),
            BuffLoad.AnswerOf(HttpAnswer.None(new HttpRequestException("reset")), isGood: false)
        );

    [Fact]
    public void A_wrong_answer_has_failed_with_its_status_and_its_begin() =>
        Assert.Equal(
            new IterationAnswer(IterationOutcome.Failed, "200 []"),
            BuffLoad.AnswerOf(new HttpAnswer(200, "[]", null, [], null), isGood: false)
        );
}
