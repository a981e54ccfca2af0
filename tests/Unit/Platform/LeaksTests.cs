using Verification.Platform;
using Xunit;

namespace Verification.Tests.Unit.Platform;

public sealed class LeaksTests
{
    [Theory]
    [InlineData("   at SportBuff.Server.Storage.BuffStore.ListAsync(CancellationToken t) in BuffStore.cs:line 70", "stack trace")]
    [InlineData("System.InvalidOperationException: no", "stack trace")]
    [InlineData("Traceback (most recent call last):", "stack trace")]
    [InlineData("goroutine 1 [running]:\nmain.go:12", "stack trace")]
    [InlineData("You have an error near 'SELECT id, question\nFROM buffs'", "piece of SQL")]
    [InlineData("INSERT INTO buffs", "piece of SQL")]
    [InlineData("dial tcp 172.18.0.3: refused", "address inside the network")]
    [InlineData("can't reach mysql:3306", "address inside the network")]
    public void What_an_answer_gives_away_is_found(string text, string kind) => Assert.Equal([kind], Leaks.KindsIn(text));

    [Theory]
    [InlineData("{\"type\":\"about:blank\",\"status\":503,\"detail\":\"The database does not answer.\"}")]
    [InlineData("select one of the answers, from the list")]
    [InlineData("Retry-After: 2\nDate: Thu, 26 Nov 2026 19:00:00 GMT\n")]
    [InlineData("version 172.15.0.3, 10 of 12")]
    public void What_gives_nothing_away_is_none(string text) => Assert.Empty(Leaks.KindsIn(text));
}
