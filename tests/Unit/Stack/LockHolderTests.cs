using Verification.Stack.Runs;
using Verification.Tests.Unit.Gate;
using Xunit;

namespace Verification.Tests.Unit.Stack;

public sealed class LockHolderTests
{
    [Fact]
    public void Who_holds_a_lock_is_named_with_what_was_started()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "lock");
        using var held = HeldFile.TryTake(path);

        Assert.StartsWith($"process {Environment.ProcessId} (", LockHolder.Of(path), StringComparison.Ordinal);
        Assert.Contains("Unit", LockHolder.Of(path), StringComparison.Ordinal);
    }

    [Fact]
    public void Whom_nobody_sees_is_another_run() => Assert.Equal("another run", LockHolder.Of("/nowhere/lock"));
}
