using Verification.Stack.Runs;
using Verification.Tests.Unit.Gate;
using Xunit;

namespace Verification.Tests.Unit.Stack;

public sealed class HeldFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly string path;

    public HeldFileTests() => path = Path.Combine(folder.Path, "held");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_lock_is_held_by_one_only()
    {
        using var first = HeldFile.TryTake(path);

        Assert.NotNull(first);
        Assert.Null(HeldFile.TryTake(path));
        Assert.Equal(LockState.Held, HeldFile.Ask(path));
    }

    [Fact]
    public void A_released_lock_can_be_taken_again()
    {
        HeldFile.TryTake(path)!.Dispose();

        Assert.Equal(LockState.Free, HeldFile.Ask(path));
        using var again = HeldFile.TryTake(path);
        Assert.NotNull(again);
    }

    [Theory]
    [InlineData("held")]
    [InlineData("missing/held")]
    public void Of_a_lock_that_is_not_there_nothing_is_known(string name)
    {
        Assert.Equal(LockState.Unseen, HeldFile.Ask(Path.Combine(folder.Path, name)));
        Assert.False(File.Exists(path));
    }

    [Fact]
    public void A_file_that_goes_with_its_lock_is_gone()
    {
        HeldFile.TryTake(path, deleteOnRelease: true)!.Dispose();

        Assert.False(File.Exists(path));
    }

    [Fact]
    public async Task A_file_that_goes_with_its_lock_is_held_by_one_only_while_others_come_and_go()
    {
        var holders = 0;
        var together = 0;
        var taken = 0;
        await Task.WhenAll(
            Enumerable
                .Range(0, 4)
                .Select(_ =>
                    Task.Run(() =>
                    {
                        for (var turn = 0; turn < 2_000; turn++)
                        {
                            using var held = HeldFile.TryTake(path, deleteOnRelease: true);
                            if (held is null)
                                continue;
                            Interlocked.Increment(ref taken);
                            if (Interlocked.Increment(ref holders) > 1)
                                Interlocked.Increment(ref together);
                            Interlocked.Decrement(ref holders);
                        }
                    })
                )
        );

        Assert.NotEqual(0, taken);
        Assert.Equal(0, together);
    }

    [Fact]
    public void Every_user_can_take_it_whatever_the_umask_of_who_made_it()
    {
        using var held = HeldFile.TryTake(path);

        Assert.Equal("rw-rw-rw-", Mode(path));
    }

    [Fact]
    public void A_folder_that_is_not_there_is_no_holder() =>
        Assert.ThrowsAny<IOException>(() => HeldFile.TryTake(Path.Combine(folder.Path, "missing", "held")));

    [Fact]
    public void A_file_in_the_place_of_its_folder_is_no_holder()
    {
        File.WriteAllText(path, "");

        Assert.ThrowsAny<IOException>(() => HeldFile.TryTake(Path.Combine(path, "held")));
    }

    [Fact]
    public void A_folder_in_its_place_is_no_holder()
    {
        Directory.CreateDirectory(path);

        Assert.ThrowsAny<UnauthorizedAccessException>(() => HeldFile.TryTake(path));
        Assert.Equal(LockState.Unseen, HeldFile.Ask(path));
    }

    [Fact]
    public void A_filesystem_that_takes_no_file_is_no_holder() => Assert.ThrowsAny<Exception>(() => HeldFile.TryTake("/proc/held"));

    private static string Mode(string file)
    {
        var mode = (int)File.GetUnixFileMode(file);
        return string.Concat(Enumerable.Range(0, 9).Select(bit => (mode >> (8 - bit) & 1) == 1 ? "rwx"[bit % 3] : '-'));
    }
}
