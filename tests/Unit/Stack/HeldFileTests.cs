using Verification.Stack.Runs;
using Xunit;

namespace Verification.Tests.Unit.Stack;

public sealed class HeldFileTests : IDisposable
{
    private readonly string path = Path.Combine(Path.GetTempPath(), $"held-{Guid.NewGuid():N}");

    public void Dispose() => File.Delete(path);

    [Fact]
    public void A_lock_is_held_by_one_only()
    {
        using var first = HeldFile.TryTake(path);

        Assert.NotNull(first);
        Assert.Null(HeldFile.TryTake(path));
        Assert.True(HeldFile.IsHeld(path));
    }

    [Fact]
    public void A_released_lock_can_be_taken_again()
    {
        HeldFile.TryTake(path)!.Dispose();

        Assert.False(HeldFile.IsHeld(path));
        using var again = HeldFile.TryTake(path);
        Assert.NotNull(again);
    }

    [Fact]
    public void A_lock_that_is_not_there_is_not_held() => Assert.False(HeldFile.IsHeld(path));

    [Fact]
    public void A_file_that_goes_with_its_lock_is_gone()
    {
        HeldFile.TryTake(path, deleteOnRelease: true)!.Dispose();

        Assert.False(File.Exists(path));
    }
}
