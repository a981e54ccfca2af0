using MySqlConnector;
using SportBuff.Server.Storage;
using Xunit;

namespace Verification.Tests.Unit.Services;

public sealed class BuffStoreTests
{
    [Theory]
    [InlineData(MySqlErrorCode.DataTooLong, "22001")]
    [InlineData(MySqlErrorCode.TruncatedWrongValueForField, "HY000")]
    [InlineData(MySqlErrorCode.PacketTooLarge, "08S01")]
    [InlineData(MySqlErrorCode.ColumnCannotBeNull, "23000")]
    public void What_MySQL_will_never_take_is_refused(MySqlErrorCode error, string state) => Assert.True(BuffStore.IsRefusal(error, state));

    [Theory]
    [InlineData(MySqlErrorCode.UnableToConnectToHost, null)]
    [InlineData(MySqlErrorCode.AccessDenied, "28000")]
    [InlineData(MySqlErrorCode.ConnectionCountError, "08004")]
    [InlineData(MySqlErrorCode.LockDeadlock, "40001")]
    [InlineData(MySqlErrorCode.LockWaitTimeout, "HY000")]
    [InlineData(MySqlErrorCode.DiskFull, "HY000")]
    [InlineData(MySqlErrorCode.RecordFileFull, "HY000")]
    [InlineData(MySqlErrorCode.OptionPreventsStatement, "HY000")]
    [InlineData(MySqlErrorCode.NoSuchTable, "42S02")]
    public void What_MySQL_may_take_later_is_no_refusal(MySqlErrorCode error, string? state) =>
        Assert.False(BuffStore.IsRefusal(error, state));
}
