using Verification.Stack.Leftovers;
using Verification.Tests.Unit.Objectives;
using Xunit;

namespace Verification.Tests.Unit.Stack;

public sealed class MaskedLogsTests : IDisposable
{
    private readonly OwnFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_log_in_which_something_was_masked_is_told_with_how_often()
    {
        Directory.CreateDirectory(folder.In("logs"));
        folder.Holding("logs/server.log", $"a\n\"{SecretMask.Mask}\" and {SecretMask.Mask}\n{SecretMask.Mask}\n");
        folder.Holding("logs/dashboard.log", "nothing\n");

        Assert.Equal([("server", 3)], MaskedLogs.In(folder.In("logs")));
    }

    [Fact]
    public void Where_there_are_no_logs_nothing_was_masked() => Assert.Empty(MaskedLogs.In(folder.In("none")));
}
