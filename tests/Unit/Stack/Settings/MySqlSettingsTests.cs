using Verification.Stack.Components.MySql;
using Verification.Tests.Unit.Objectives;
using Xunit;

namespace Verification.Tests.Unit.Stack.Settings;

public sealed class MySqlSettingsTests : IDisposable
{
    private readonly OwnFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_settings_of_the_server_are_read_and_those_of_clients_and_comments_are_not() =>
        Assert.Equal(
            [("sync-binlog", "1"), ("skip-name-resolve", "ON"), ("init-connect", "SET x = 1")],
            MySqlSettings.Expected(
                File(
                    "# head\n[client]\nport = 1\n[mysqld]\n; old\nsync-binlog = 1\n\n  skip-name-resolve\ninit-connect = SET x = 1\n[mysql]\nauto-rehash = 1\n"
                )
            )
        );

    [Theory]
    [InlineData("sync-binlog = 1", "sync_binlog", "1")]
    [InlineData("gtid-mode = ON", "gtid_mode", "1")]
    [InlineData("local-infile = OFF", "local_infile", "off")]
    [InlineData("max-allowed-packet = 16M", "max_allowed_packet", "16777216")]
    [InlineData("sql-mode = B,A", "sql_mode", "A,B")]
    [InlineData("default-time-zone = +00:00", "time_zone", "+00:00")]
    [InlineData("log-bin = binlog", "log_bin_basename", "/var/lib/mysql/binlog")]
    public void A_setting_is_as_written_however_the_server_writes_it(string line, string variable, string value)
    {
        var comparison = MySqlSettings.Compare(
            MySqlSettings.Expected(File($"[mysqld]\n{line}\n")),
            "mysql",
            new Dictionary<string, string> { [variable] = value }
        );

        Assert.Equal(1, comparison.Compared);
        Assert.Empty(comparison.Deviations);
    }

    [Theory]
    [InlineData("sync-binlog = 1", "sync_binlog", "0", "mysql: sync-binlog is 0, config/ says 1")]
    [InlineData(
        "max-allowed-packet = 16M",
        "max_allowed_packet",
        "67108864",
        "mysql: max-allowed-packet is 67108864, config/ says 16777216"
    )]
    [InlineData("sql-mode = A,B", "sql_mode", "A", "mysql: sql-mode is A, config/ says A,B")]
    [InlineData("sync-binlog = 1", "another", "1", "mysql: sync-binlog is not told, config/ says 1")]
    public void A_setting_that_differs_or_is_not_told_is_named_with_both_values(
        string line,
        string variable,
        string value,
        string deviation
    )
    {
        var comparison = MySqlSettings.Compare(
            MySqlSettings.Expected(File($"[mysqld]\n{line}\n")),
            "mysql",
            new Dictionary<string, string> { [variable] = value }
        );

        Assert.Equal(deviation, Assert.Single(comparison.Deviations).ToString());
    }

    private string File(string text) => folder.Holding("my.cnf", text);
}
