using Microsoft.Extensions.Time.Testing;
using Verification.Stack.Runs;
using Verification.Tests.Unit.Gate;
using Xunit;

namespace Verification.Tests.Unit.Stack;

public sealed class MachineLockTests : IDisposable
{
    private const string Advice = "Set SOMETHING.";
    private readonly TemporaryFolder folder = new();
    private readonly FakeTimeProvider time = new();
    private readonly List<string> told = [];

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Who_waits_is_told_once_and_has_it_when_it_is_free()
    {
        var path = Path.Combine(folder.Path, "below", "lock");
        var first = await TakeAsync(path);
        var second = TakeAsync(path);
        for (var turn = 0; turn < 3; turn++)
            time.Advance(TimeSpan.FromSeconds(1));
        Assert.False(second.IsCompleted);

        first.Dispose();
        while (!second.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        (await second).Dispose();
        Assert.StartsWith($"process {Environment.ProcessId} (", Assert.Single(told), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/proc/verification/lock")]
    [InlineData("/proc/lock")]
    public async Task Where_nobody_can_hold_it_nobody_waits(string path)
    {
        var refused = await Assert.ThrowsAsync<LockException>(() => TakeAsync(path));

        Assert.Empty(told);
        Assert.StartsWith($"{path} cannot be locked: ", refused.Message, StringComparison.Ordinal);
        Assert.EndsWith(Advice, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void There_is_one_for_the_machine_whatever_the_environment_says() =>
        Assert.Equal("/tmp/verification-measures.lock", MachineLock.Path);

    private Task<HeldFile> TakeAsync(string path) =>
        MachineLock.TakeAsync(path, Advice, time, told.Add, TestContext.Current.CancellationToken);
}
