using Microsoft.Extensions.Time.Testing;
using Verification.Gate.Progress;
using Verification.Gate.Runs;
using Xunit;

namespace Verification.Tests.Unit.Gate;

/// <summary>Marks leave the listing of a platform that is not the run's own, or are named where they stay.</summary>
public sealed class PostedBuffsTests : IDisposable
{
    private const string Run = "20261124-083015-4f2a";
    private const string Stay = "the buffs of this run stay listed";
    private const string Named = $"those with verify-{Run} in their question";
    private readonly StringWriter heard = new();
    private readonly FakeTimeProvider time = new();

    public void Dispose() => heard.Dispose();

    [Fact]
    public async Task Those_of_the_run_are_taken_out_and_counted()
    {
        string? asked = null;

        await TakeOutAsync((mark, _) => Task.FromResult<int?>((asked = mark).Length > 0 ? 452 : null));

        Assert.Equal($"verify-{Run}", asked);
        Assert.Contains("452 buffs of this run were taken out of the listing", Said, StringComparison.Ordinal);
        Assert.DoesNotContain(Stay, Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_credential_it_is_told_by_which_mark_they_are_found()
    {
        await TakeOutAsync((_, _) => Task.FromResult<int?>(null));

        Assert.Contains($"{Stay}, as the stack gives no credential of its database: {Named}", Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whatever_keeps_them_there_is_told_with_the_mark_and_breaks_nothing()
    {
        await TakeOutAsync((_, _) => throw new IOException("MySQL is away"));

        Assert.Contains($"{Stay}, {Named}: MySQL is away", Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_does_not_answer_is_not_waited_for()
    {
        var taken = TakeOutAsync(
            async (_, cancellationToken) =>
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
                return 1;
            }
        );
        time.Advance(PostedBuffs.Within);
        await taken;

        Assert.Contains($"{Stay}, {Named}: ", Said, StringComparison.Ordinal);
    }

    private string Said => heard.ToString();

    private Task TakeOutAsync(Func<string, CancellationToken, Task<int?>> takeOut) =>
        new PostedBuffs(new ProgressLines(Consoles.Of(heard, redirected: true), time), time).TakeOutAsync(Run, takeOut);
}
