using Verification.Chaos.Faults;
using Xunit;

namespace Verification.Tests.Unit.Chaos;

public sealed class EachOneTests
{
    [Fact]
    public async Task What_fails_for_some_is_done_to_the_others_all_the_same()
    {
        var done = new List<int>();

        var thrown = await Assert.ThrowsAsync<AggregateException>(() => EachOne.DoAsync([1, 2, 3, 4], OddAsync));

        Assert.Equal([2, 4], done);
        Assert.Equal(["1", "3"], thrown.InnerExceptions.Select(each => each.Message));

        Task OddAsync(int one)
        {
            if (one % 2 == 1)
                throw new IOException($"{one}");
            done.Add(one);
            return Task.CompletedTask;
        }
    }

    [Fact]
    public async Task A_single_failure_is_told_as_it_is() =>
        await Assert.ThrowsAsync<IOException>(() =>
            EachOne.DoAsync([1, 2], one => one == 1 ? throw new IOException() : Task.CompletedTask)
        );

    /// <summary>Who is interrupted ends as one who is interrupted, not as one for whom several things failed.</summary>
    [Fact]
    public async Task A_cancellation_of_all_of_them_is_one() =>
        await Assert.ThrowsAsync<OperationCanceledException>(() =>
            EachOne.DoAsync([1, 2, 3], one => one == 1 ? Task.CompletedTask : throw new OperationCanceledException())
        );
}
