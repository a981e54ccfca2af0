using Verification.Gate.Runs;
using Xunit;

namespace Verification.Tests.Unit.Gate;

public sealed class RunInputsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly string gates;
    private readonly RunInputs inputs;

    public RunInputsTests()
    {
        gates = folder.File("gates.yaml", "limit: 0\n");
        folder.File("config/mysql/my.cnf", "max_connections=100\n");
        folder.File("config/redis/redis.conf", "appendonly yes\n");
        inputs = new RunInputs(Path.Combine(folder.Path, "config"), gates, Path.Combine(folder.Path, "safe-settings.yaml"));
    }

    [Fact]
    public void What_is_written_again_as_it_was_is_no_change()
    {
        folder.File("config/mysql/my.cnf", "max_connections=100\n");

        Assert.Null(inputs.Change());
    }

    [Theory]
    [InlineData("gates.yaml", "gates.yaml")]
    [InlineData("safe-settings.yaml", "safe-settings.yaml")]
    [InlineData("config/mysql/my.cnf", "config/mysql/my.cnf")]
    [InlineData("config/mysql/.hidden.cnf", "config/mysql/.hidden.cnf")]
    public void What_was_changed_or_added_is_named(string file, string named)
    {
        folder.File(file, "limit: 9\n");

        Assert.StartsWith("changed while the run went on: ", inputs.Change());
        Assert.Contains($"{named}. ", inputs.Change());
        Assert.DoesNotContain("redis", inputs.Change());
    }

    [Fact]
    public void What_was_removed_is_named_and_of_many_the_first()
    {
        Directory.Delete(Path.Combine(folder.Path, "config"), recursive: true);
        File.Delete(gates);

        Assert.Contains("config/mysql/my.cnf, config/redis/redis.conf", inputs.Change());
        Assert.Contains("gates.yaml", inputs.Change());

        foreach (var number in Enumerable.Range(0, 7))
            folder.File($"config/{number}.conf", string.Empty);
        Assert.Contains(" and 5 more. ", inputs.Change());
    }

    public void Dispose() => folder.Dispose();
}
