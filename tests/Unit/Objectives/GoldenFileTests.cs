using Verification.Chaos.Faults;
using Verification.Cluster.Releases;
using Verification.Objectives;
using Verification.Stack;
using Xunit;

namespace Verification.Tests.Unit.Objectives;

public sealed class GoldenFileTests
{
    [Fact]
    public void Each_json_document_reads_and_writes_to_the_same_text()
    {
        Assert.Equal(File.ReadAllText(Files.Golden("stack.json")), Rewritten<StackDescription>("stack"));
        Assert.Equal(File.ReadAllText(Files.Golden("run.json")), Rewritten<RunRecord>("run"));
        Assert.Equal(File.ReadAllText(Files.Golden("verdict.json")), Rewritten<ReleaseVerdict>("verdict"));
        Assert.Equal(File.ReadAllText(Files.Golden("release.json")), Rewritten<RecordedRelease>("release"));
    }

    [Fact]
    public void The_system_under_test_reads_and_its_json_reads_to_the_same_again()
    {
        using var folder = new OwnFolder();
        var sut = SutFile.Read(Files.Golden("sut.yaml"));
        DocumentWriter.Write(folder.In("sut.json"), sut);

        Assert.Equal(Files.Text(sut), Files.Text(SutFile.Read(folder.In("sut.json"))));
        Assert.Equal("debug", sut.Environment.Dashboard["LOG_LEVEL"]);
        Assert.Equal("build", sut.Images.Server);
    }

    [Fact]
    public void The_golden_mutant_holds_what_it_says()
    {
        var mutant = MutantFile.Read(Files.Golden("mutant.yaml"), GatesFile.Read(Files.Golden("gates.yaml")));

        Assert.Equal(Files.Golden("defect.patch"), mutant.Patch);
        Assert.Null(mutant.Overlay);
        Assert.Equal(TimeSpan.FromSeconds(90), mutant.TimeLimit);
        Assert.Equal("server", mutant.Dimensions["target"]);
        Assert.Equal(3, mutant.Tries);
    }

    [Fact]
    public void Each_line_file_reads_and_writes_to_the_same_text()
    {
        using var folder = new OwnFolder();
        using var evidence = new EvidenceLog(folder.In("evidence.jsonl"));
        foreach (var line in new EvidenceLog(Files.Golden("evidence.jsonl")).Read())
            evidence.Append(line);
        using var history = new JsonLines<HistoryLine>(folder.In("history.jsonl"), "history");
        foreach (var line in HistoryLog.Read(Files.Golden("history.jsonl")))
            history.Append(line);

        var faults = new JsonLines<FaultRecord>(folder.In("faults.jsonl"), "fault");
        foreach (var line in new JsonLines<FaultRecord>(Files.Golden("faults.jsonl"), "fault").Read())
            faults.Append(line);

        Assert.Equal(File.ReadAllText(Files.Golden("faults.jsonl")), File.ReadAllText(folder.In("faults.jsonl")));
        Assert.Equal(File.ReadAllText(Files.Golden("evidence.jsonl")), File.ReadAllText(folder.In("evidence.jsonl")));
        Assert.Equal(File.ReadAllText(Files.Golden("history.jsonl")), File.ReadAllText(folder.In("history.jsonl")));
    }

    [Theory]
    [InlineData("evidence.jsonl", "evidence")]
    [InlineData("history.jsonl", "history")]
    [InlineData("mutants.jsonl", "mutant-result")]
    [InlineData("chaos.jsonl", "chaos-result")]
    [InlineData("faults.jsonl", "fault")]
    public void Each_line_of_a_golden_file_is_of_its_schema(string name, string schema) =>
        Assert.All(File.ReadLines(Files.Golden(name)), line => DocumentReader.Parse(line, name, schema));

    [Fact]
    public void The_golden_gates_hold_what_they_say()
    {
        var gates = GatesFile.Read(Files.Golden("gates.yaml"));

        Assert.Equal(["persistence.row-per-post", "cluster.failover", "load.success"], gates.Objectives.Keys);
        Assert.Equal(["redis-failover"], gates.Objectives["cluster.failover"].Needs);
        Assert.Equal(ObjectiveKind.Extra, gates.Objectives["cluster.failover"].Kind);
        Assert.Equal(ObjectiveKind.Contract, gates.Objectives["load.success"].Kind);
        Assert.Equal(TimeSpan.FromSeconds(120), gates.Profiles["pr"].TimeLimit);
        Assert.Equal(
            [new ProfileSuite("integration", TimeSpan.FromSeconds(60), SuiteBrokers.Default, "single")],
            gates.Profiles["pr"].Suites
        );
        // What it extends comes first, with what it says itself.
        Assert.Equal(
            [
                new ProfileSuite("integration", TimeSpan.FromMinutes(5), SuiteBrokers.Every, "single"),
                new ProfileSuite("chaos", TimeSpan.FromMinutes(25), SuiteBrokers.Artemis, "ha+monitoring"),
            ],
            gates.Profiles["nightly"].Suites
        );
        Assert.Equal(Requirement.Required, gates.Profiles["pr"].Requirements["persistence.row-per-post"]);
        Assert.Equal(Requirement.IfAvailable, gates.Profiles["pr"].Requirements["cluster.failover"]);
        Assert.Equal(Requirement.Report, gates.Profiles["pr"].Requirements["load.success"]);
        // What it extends, but for what it says itself.
        Assert.Equal(Requirement.Required, gates.Profiles["nightly"].Requirements["persistence.row-per-post"]);
        Assert.Equal(Requirement.Required, gates.Profiles["nightly"].Requirements["cluster.failover"]);
        Assert.Equal(new DateOnly(2026, 12, 31), Assert.Single(gates.Waivers).Until);
        Assert.Matches("^[0-9a-f]{64}$", gates.Sha256);
        Assert.Equal(2_000_000_000, gates.KeptRunsBytes);
    }

    [Theory]
    [InlineData(
        "gates.yaml",
        "extends: pr",
        "extends: nightly",
        "37:14: profile 'nightly' extends 'nightly', which is no profile above it"
    )]
    [InlineData(
        "gates.yaml",
        "limit: 120",
        "limt: 120",
        "29:5: unknown key 'limt'; did you mean 'limit'? Allowed: limit, suites, expects, extends, required, if-available, report."
    )]
    [InlineData(
        "gates.yaml",
        "suites:\n      integration: {budget: 60 s}\n    required",
        "budgets:\n      integration: 60 s\n    required",
        "30:5: unknown key 'budgets'"
    )]
    [InlineData(
        "gates.yaml",
        "suites:\n      integration: {budget: 60 s}\n    required",
        "required",
        "29:5: profile 'pr' runs no suite; name one"
    )]
    [InlineData(
        "gates.yaml",
        "{budget: 5 min, brokers: every}",
        "{budget: 5 min, brokers: evry}",
        "40:45: 'profiles.nightly.suites.integration.brokers' is 'evry'; did you mean 'every'?"
    )]
    [InlineData(
        "gates.yaml",
        "{budget: 60 s}",
        "{budget: 60 sec}",
        "31:29: 'profiles.pr.suites.integration.budget' is '60 sec'; expected a duration"
    )]
    [InlineData(
        "gates.yaml",
        "topology: ha+monitoring",
        "topology: ../ha",
        "39:59: 'profiles.nightly.suites.chaos.topology' is '../ha'; expected an arrangement of the components"
    )]
    [InlineData(
        "gates.yaml",
        "brokers: artemis, topology: ha+monitoring",
        "brokers: none, topology: ha",
        "39:56: suite 'chaos' runs on no broker, so it has no topology; leave out one of the two."
    )]
    [InlineData(
        "gates.yaml",
        "chaos: {",
        "../chaos: {",
        "39:7: '../chaos' is no suite's name; expected that of a folder of tests/ in lower case"
    )]
    [InlineData("sut.yaml", "ddlRights", "ddlRight", "11:1: unknown key 'ddlRight'; did you mean 'ddlRights'? Allowed: schema, name, ")]
    [InlineData("mutant.yaml", "patch:", "pacth:", "6:1: unknown key 'pacth'; did you mean 'patch'?")]
    [InlineData("stack.json", "\"inside\"", "\"insde\"", "33:7: unknown key 'insde'; did you mean 'inside'?")]
    [InlineData(
        "run.json",
        "\"skipped\"",
        "\"skiped\"",
        "44:18: 'tests[0].outcome' is 'skiped'; did you mean 'skipped'? Allowed: passed, failed, skipped."
    )]
    [InlineData(
        "verdict.json",
        "\"counts\": true",
        "\"counts\": \"yes\"",
        "31:17: 'objectives[0].counts' is 'yes'; expected true or false."
    )]
    [InlineData(
        "evidence.jsonl",
        "\"dimensions\":{\"broker\":\"classic\",\"target\"",
        "\"dimension\":{\"broker\":\"classic\",\"target\"",
        "2:54: unknown key 'dimension'; did you mean 'dimensions'?"
    )]
    [InlineData(
        "history.jsonl",
        "\"kind\":\"event\"",
        "\"kind\":\"evnt\"",
        "2:9: 'kind' is 'evnt'; did you mean 'event'? Allowed: anchor, invoke, op, fault, event, observation."
    )]
    public void One_typo_in_a_golden_file_is_refused_at_its_place(string name, string right, string wrong, string message)
    {
        using var folder = new OwnFolder();
        var text = File.ReadAllText(Files.Golden(name));
        Assert.Contains(right, text, StringComparison.Ordinal);
        var path = folder.Holding(name, text.Replace(right, wrong, StringComparison.Ordinal));

        var error = Assert.Throws<DocumentException>(() => Read(name, path));

        Assert.StartsWith($"{path}:{message}", error.Message, StringComparison.Ordinal);
    }

    private static string Rewritten<T>(string schema)
    {
        using var folder = new OwnFolder();
        DocumentWriter.Write(folder.In("again.json"), DocumentReader.Read(Files.Golden($"{schema}.json"), schema).As<T>());
        Assert.Equal(["again.json"], Directory.GetFiles(folder.Path).Select(Path.GetFileName));
        return File.ReadAllText(folder.In("again.json"));
    }

    private static object Read(string name, string path) =>
        name switch
        {
            "gates.yaml" => GatesFile.Read(path),
            "sut.yaml" => SutFile.Read(path),
            "mutant.yaml" => MutantFile.Read(path, GatesFile.Read(Files.Golden("gates.yaml"))),
            "stack.json" => StackFile.Read(path),
            "run.json" => DocumentReader.Read(path, "run").As<RunRecord>(),
            "verdict.json" => DocumentReader.Read(path, "verdict").As<ReleaseVerdict>(),
            "evidence.jsonl" => new EvidenceLog(path).Read(),
            _ => HistoryLog.Read(path),
        };
}
