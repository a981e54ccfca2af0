using Verification.Gate.Commands;
using Verification.Gate.Drills;
using Xunit;

namespace Verification.Tests.Unit.Gate;

public sealed class DrillLatestTests
{
    [Theory]
    [InlineData("s3:https://s3.example/backup/binlogs", "s3:https://s3.example/backup/tail")]
    [InlineData("rest:https://backup.example/binlogs/", "rest:https://backup.example/tail")]
    public void Open_binary_logs_are_beside_the_closed_ones(string binlogs, string tail) =>
        Assert.Equal(tail, DrillLatestCommand.BesideOf(binlogs));

    [Fact]
    public void A_secret_is_read_without_the_line_end_of_its_file()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "key");
        File.WriteAllText(file, "open sesame\n");

        Assert.Equal("open sesame", SecretSource.Read("--key", $"file:{file}"));
    }

    [Fact]
    public void An_empty_file_is_no_secret()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "key");
        File.WriteAllText(file, "\n");

        Assert.Contains("it is empty or not set", Assert.Throws<UsageException>(() => SecretSource.Read("--key", $"file:{file}")).Message);
    }
}
