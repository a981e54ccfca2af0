using Verification.Gate.Repeating;
using Verification.Objectives;
using Verification.Tests.Unit.Objectives;
using Xunit;

namespace Verification.Tests.Unit.Repeating;

public sealed class ScenarioFormatTests
{
    [Fact]
    public void The_results_read_and_write_to_the_same_text()
    {
        using var folder = new OwnFolder();
        var results = new JsonLines<ScenarioResult>(Files.Golden("chaos.jsonl"), ScenarioResult.Schema).Read();
        using var again = new JsonLines<ScenarioResult>(folder.In("chaos.jsonl"), ScenarioResult.Schema);
        foreach (var result in results)
            again.Append(result);

        Assert.Equal([Verdict.Pass, Verdict.Unknown], results.Select(result => result.Verdict));
        Assert.Equal(File.ReadAllText(Files.Golden("chaos.jsonl")), File.ReadAllText(folder.In("chaos.jsonl")));
    }
}
