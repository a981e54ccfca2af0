using NBomber.Contracts;
using Verification.Load.Scenarios;
using Verification.Platform;
using Xunit;

namespace Verification.Tests.Unit.Load;

public sealed class BuffScenariosTests
{
    [Fact]
    public void A_good_answer_is_ok_with_its_status_and_size() =>
        Assert.Equal((false, "200", 2, ""), Told(new HttpAnswer(200, "[]", null, [], null), isGood: true));

    [Fact]
    public void No_answer_within_the_deadline_has_timed_out() =>
        Assert.Equal(
            (true, "-100", 0, "operation timeout"),
            Told(HttpAnswer.None(new TaskCanceledException("10 s are over", new TimeoutException())), isGood: false)
        );

    [Fact]
    public void A_reset_has_failed_with_its_reason() =>
        Assert.Equal((true, "", 0, "reset"), Told(HttpAnswer.None(new HttpRequestException("reset")), isGood: false));

    [Fact]
    public void A_wrong_answer_has_failed_with_its_status_and_its_begin() =>
        Assert.Equal((true, "200", 0, "[]"), Told(new HttpAnswer(200, "[]", null, [], null), isGood: false));

    private static (bool IsError, string Status, long Size, string Message) Told(HttpAnswer answer, bool isGood)
    {
        IResponse response = BuffScenarios.ResponseOf(answer, isGood);
        return (response.IsError, response.StatusCode, response.SizeBytes, response.Message);
    }
}
