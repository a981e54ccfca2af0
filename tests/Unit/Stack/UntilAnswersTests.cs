using Verification.Stack.Readiness;
using Xunit;

namespace Verification.Tests.Unit.Stack;

public sealed class UntilAnswersTests
{
    public static TheoryData<Exception> NotYet =>
        [
            new IOException("refused"),
            new HttpRequestException("503"),
            new TimeoutException("late"),
            new OperationCanceledException("2 s are over"),
            new TaskCanceledException("late"),
        ];

    [Theory]
    [MemberData(nameof(NotYet), DisableDiscoveryEnumeration = true)]
    public async Task A_failure_of_the_connection_means_not_yet(Exception failure)
    {
        var ready = new UntilAnswers("answers", _ => throw failure);

        Assert.False(await ready.UntilAsync(null!));
        Assert.Equal((failure.Message, null), (ready.SeenLast, ready.Fault));
    }

    [Fact]
    public async Task A_fault_of_whoever_asks_flies_through_and_is_known()
    {
        var fault = new KeyNotFoundException("6379");
        var ready = new UntilAnswers("answers", _ => throw fault);

        Assert.Same(fault, await Assert.ThrowsAsync<KeyNotFoundException>(() => ready.UntilAsync(null!)));
        Assert.Same(fault, ready.Fault);
    }
}
