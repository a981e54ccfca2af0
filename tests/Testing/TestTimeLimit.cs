using Xunit;

namespace Verification.Testing;

/// <summary>Cancels a test that takes too long: those behind it have a right to their time.</summary>
public sealed class TestTimeLimit : IDisposable
{
    private readonly ITimer timer;
    private readonly TimeSpan limit;

    /// <summary>Begins to count.</summary>
    /// <param name="test">The test.</param>
    /// <param name="limit">How long it may take.</param>
    /// <param name="time">The clock.</param>
    public TestTimeLimit(ITestContext test, TimeSpan limit, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(test);
        ArgumentNullException.ThrowIfNull(time);
        this.limit = limit;
        timer = time.CreateTimer(_ => Cancel(test), null, limit, Timeout.InfiniteTimeSpan);
    }

    /// <summary>That the test was cancelled, in a sentence; null where it was not.</summary>
    public string? Exceeded { get; private set; }

    /// <inheritdoc />
    public void Dispose() => timer.Dispose();

    private void Cancel(ITestContext test)
    {
        Exceeded = $"the scenario was ended after its time limit of {limit.TotalSeconds:0} s";
        test.CancelCurrentTest();
    }
}
