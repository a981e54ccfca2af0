using Verification.Objectives;
using Verification.Platform;
using Xunit;

namespace Verification.Tests.Unit.Platforms;

public sealed class SteadyRefusalTests
{
    private const long Second = 1_000_000_000;

    [Theory]
    [InlineData("400 400 400 400", "dashboard has answered 400 for 3 s, and no fault is active")]
    // It may come to it: it was something else a while ago, it is away, it says itself that it is not ready.
    [InlineData("200 200 400 400", null)]
    [InlineData("400 400 400 200", null)]
    [InlineData("400 404 400 404", null)]
    [InlineData("503 503 503 503", null)]
    [InlineData("refused refused refused refused", null)]
    public void Only_the_same_status_of_a_clients_fault_is_a_refusal(string statuses, string? seen) =>
        Assert.Equal(seen, SteadyRefusal.See(Answers(statuses), "dashboard", 4 * Second));

    [Fact]
    public void While_a_fault_is_active_and_of_another_service_it_is_none()
    {
        var refused = Answers("400 400 400 400");
        var begun = HistoryLine.Fault("kill", "activemq", "kill-1", FaultPhase.Begin, Second);

        Assert.Null(SteadyRefusal.See([begun, .. refused], "dashboard", 4 * Second));
        Assert.NotNull(SteadyRefusal.See([begun, begun with { Phase = FaultPhase.Healed }, .. refused], "dashboard", 4 * Second));
        Assert.Null(SteadyRefusal.See(refused, "server", 4 * Second));
    }

    private static HistoryLine[] Answers(string statuses) =>
        [
            .. statuses
                .Split(' ')
                .Select(
                    (status, index) =>
                        HistoryLine
                            .Invocation("client", "post", "dashboard", "who", index * Second)
                            .Ended(Outcome.Fail, status, (index * Second) + 1)
                ),
        ];
}
