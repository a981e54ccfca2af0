using Verification.Gate.Mutants;
using Verification.Objectives;
using Verification.Tests.Unit.Objectives;
using Xunit;

namespace Verification.Tests.Unit.Mutants;

public sealed class MutantFormatTests
{
    [Fact]
    public void The_results_read_and_write_to_the_same_text()
    {
        using var folder = new OwnFolder();
        var results = new JsonLines<MutantResult>(Files.Golden("mutants.jsonl"), "mutant-result").Read();
        using var again = new JsonLines<MutantResult>(folder.In("mutants.jsonl"), "mutant-result");
        foreach (var result in results)
            again.Append(result);

        Assert.Equal([MutantOutcome.Killed, MutantOutcome.NotTried, MutantOutcome.Killed], results.Select(result => result.Outcome));
        Assert.Equal(File.ReadAllText(Files.Golden("mutants.jsonl")), File.ReadAllText(folder.In("mutants.jsonl")));
    }

    [Fact]
    public void The_golden_list_of_inert_settings_is_of_its_schema() =>
        Assert.Equal("inert.yaml", Path.GetFileName(DocumentReader.Read(Files.Golden("inert.yaml"), "inert").File));

    [Fact]
    public void A_reason_that_says_nothing_is_refused_at_its_place()
    {
        using var folder = new OwnFolder();
        var file = folder.Holding("inert.yaml", "schema: 1\nsettings:\n  mysql/sync-binlog: ''\n");

        Assert.Contains(
            "3:22: 'settings.mysql/sync-binlog' is ''; expected the reason, a sentence.",
            Assert.Throws<DocumentException>(() => DocumentReader.Read(file, "inert")).Message
        );
    }

    [Fact]
    public void A_mutant_of_an_unknown_broker_is_refused_at_its_place()
    {
        using var folder = new OwnFolder();
        var file = folder.Holding(
            "mutant.yaml",
            "schema: 1\nname: m\ndefect: d\nobjective: a.b\ndimensions:\n  broker: artmis\npatch: p\ntimeLimit: 1 s\n"
        );

        Assert.Contains(
            "6:11: 'dimensions.broker' is 'artmis'; did you mean 'artemis'?",
            Assert.Throws<DocumentException>(() => DocumentReader.Read(file, "mutant")).Message
        );
    }
}
