using Verification.Platform;
using Verification.Tests.Unit.Gate;
using Xunit;

namespace Verification.Tests.Unit.Platforms;

/// <summary>A run posts no more to a platform that is not its own than it has said.</summary>
public sealed class PostBudgetTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly string file;

    public PostBudgetTests() => file = Path.Combine(folder.Path, "posted");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void One_too_many_is_not_had()
    {
        var budget = new PostBudget(file);

        Assert.Equal(PostBudget.Most, Enumerable.Range(0, PostBudget.Most + 10).Count(_ => budget.TryTake()));
        Assert.Equal($"{PostBudget.Most}", File.ReadAllText(file));
    }

    [Fact]
    public void What_one_suite_has_sent_the_next_does_not_have()
    {
        var first = new PostBudget(file);
        for (var taken = 0; taken < PostBudget.Most - 1; taken++)
            Assert.True(first.TryTake());

        var second = new PostBudget(file);

        Assert.True(second.TryTake());
        Assert.False(second.TryTake());
        Assert.False(new PostBudget(file).TryTake());
    }

    [Fact]
    public async Task Many_at_once_are_counted_each()
    {
        var budget = new PostBudget(file);
        var taken = 0;

        await Task.WhenAll(
            Enumerable
                .Range(0, 16)
                .Select(_ =>
                    Task.Run(
                        () =>
                        {
                            while (budget.TryTake())
                                Interlocked.Increment(ref taken);
                        },
                        TestContext.Current.CancellationToken
                    )
                )
        );

        Assert.Equal(PostBudget.Most, taken);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-1")]
    [InlineData("many")]
    public void Where_nobody_knows_how_many_were_sent_no_more_are(string kept)
    {
        File.WriteAllText(file, kept);

        Assert.False(new PostBudget(file).TryTake());
    }
}
