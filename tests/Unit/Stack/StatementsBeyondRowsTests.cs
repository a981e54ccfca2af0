using MySqlConnector;
using Verification.Stack.Components.MySql;
using Xunit;

namespace Verification.Tests.Unit.Stack;

public sealed class StatementsBeyondRowsTests
{
    [Theory]
    [InlineData(MySqlErrorCode.TableAccessDenied, true)]
    [InlineData(MySqlErrorCode.DatabaseAccessDenied, true)]
    [InlineData(MySqlErrorCode.TableExists, false)]
    [InlineData(MySqlErrorCode.NoSuchTable, false)]
    [InlineData(MySqlErrorCode.BadTable, false)]
    [InlineData(MySqlErrorCode.UnableToConnectToHost, null)]
    [InlineData(MySqlErrorCode.OptionPreventsStatement, null)]
    public void Only_a_lack_of_rights_is_a_refusal_and_what_says_nothing_of_rights_is_none(MySqlErrorCode error, bool? refused) =>
        Assert.Equal(refused, StatementsBeyondRows.IsRefusal(error));
}
