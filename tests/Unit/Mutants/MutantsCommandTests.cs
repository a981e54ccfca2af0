using Verification.Gate.Commands;
using Xunit;

namespace Verification.Tests.Unit.Mutants;

public sealed class MutantsCommandTests
{
    [Theory]
    [InlineData("mutants --generated redsi", ", or nothing. Did you mean redis?")]
    [InlineData("mutants mysql/max-conections", "there is no mutant mysql/max-conections. Did you mean mysql/max-connections?")]
    [InlineData("mutants hundred-row", "there is no mutant hundred-row. Did you mean hundred-rows?")]
    public async Task Wrong_use_is_one_message_and_exit_code_2(string line, string message)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();

        Assert.Equal(2, await new CommandLine(output, errors, TimeProvider.System).RunAsync(line.Split(' ')));
        Assert.Contains(message, errors.ToString());
    }

    [Theory]
    [InlineData("mutants --list", "hundred-rows  contract.get  The Server lists the first hundred buffs only.")]
    [InlineData("mutants --generated --list", "classic/bean  auth.refused  config/classic/activemq.xml without bean.")]
    [InlineData("mutants --list --generated mysql", "mysql/sync-binlog  settings.safe  inert: The default of MySQL 9.7 is 1, too.")]
    [InlineData("mutants --list redis/save", "redis/save  settings.safe  config/redis/redis.conf without save.")]
    public async Task The_list_names_each_with_its_objective(string line, string listed)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();

        Assert.Equal(0, await new CommandLine(output, errors, TimeProvider.System).RunAsync(line.Split(' ')));
        Assert.Contains(listed, output.ToString().Split('\n'));
    }
}
