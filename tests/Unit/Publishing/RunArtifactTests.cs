using System.Text.Json;
using Verification.Gate.Attesting;
using Verification.Gate.Publishing;
using Verification.Gate.Runs;
using Verification.Objectives;
using Verification.Tests.Unit.Gate;
using Verification.Tests.Unit.Objectives;
using Xunit;

namespace Verification.Tests.Unit.Publishing;

public sealed class RunArtifactTests : IDisposable
{
    private static readonly PublishedImage Server = new(
        "server",
        $"sha256:{new string('1', 64)}",
        $"registry.example:5000/server@sha256:{new string('5', 64)}"
    );
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_run_comes_back_as_it_was_stored()
    {
        var run = Stored();
        var files = RunArtifact.Pack(run).ToDictionary(file => file.Name, file => file.Content);

        var back = JudgedRun.Read(RunArtifact.Unpack(files, Path.Combine(folder.Path, "back"))!);

        Assert.Equal(File.ReadAllText(run.Folder.Record), File.ReadAllText(back.Folder.Record));
        Assert.Equal(File.ReadAllText(run.Folder.Verdict), File.ReadAllText(back.Folder.Verdict));
        Assert.Equal(File.ReadAllText(run.Folder.Evidence), File.ReadAllText(back.Folder.Evidence));
        Assert.Equal([Server], back.Published);
    }

    [Theory]
    [InlineData("run.json")]
    [InlineData("verdict.json")]
    [InlineData("evidence.jsonl")]
    [InlineData("publication.json")]
    public void One_that_lacks_what_its_verdict_rests_on_is_none(string lacking)
    {
        var files = RunArtifact.Pack(Stored()).Where(file => file.Name != lacking).ToDictionary(file => file.Name, file => file.Content);

        Assert.Null(RunArtifact.Unpack(files, Path.Combine(folder.Path, "back")));
    }

    [Fact]
    public void A_signed_run_comes_back_signed()
    {
        using var keys = new Attesting.Keys(folder);
        var (key, _, _) = keys.Make("ours");
        var run = Stored();
        Attestation.Write(run, key);

        var files = RunArtifact.Pack(run).ToDictionary(file => file.Name, file => file.Content);

        Assert.DoesNotContain("statement.json", files.Keys);
        Assert.Empty(Attestation.Differences(RunArtifact.Unpack(files, Path.Combine(folder.Path, "back"))!, key.Public));
    }

    [Fact]
    public void A_file_of_another_name_is_laid_nowhere()
    {
        var files = RunArtifact.Pack(Stored()).ToDictionary(file => file.Name, file => file.Content);
        files["../stolen"] = [1];

        RunArtifact.Unpack(files, Path.Combine(folder.Path, "back"));

        Assert.False(File.Exists(Path.Combine(folder.Path, "stolen")));
    }

    [Fact]
    public void The_statement_names_the_images_and_how_each_deciding_objective_ended()
    {
        var run = Stored();

        using var statement = JsonDocument.Parse(TestResultStatement.Of(run));
        var (root, predicate) = (statement.RootElement, statement.RootElement.GetProperty("predicate"));

        var subject = root.GetProperty("subject").EnumerateArray().Last();
        Assert.Equal(
            ("registry.example:5000/server", new string('5', 64)),
            (subject.GetProperty("name").GetString(), subject.GetProperty("digest").GetProperty("sha256").GetString())
        );
        Assert.Equal("FAILED", predicate.GetProperty("result").GetString());
        IEnumerable<string> Ids(string list) => predicate.GetProperty(list).EnumerateArray().Select(id => id.GetString()!);
        var deciding = run.Verdict.Objectives.Where(objective => objective.Counts).ToList();
        Assert.Equal(
            deciding.Where(objective => objective.Verdict == Verdict.Pass).Select(objective => objective.Objective.Id),
            Ids("passedTests")
        );
        Assert.Equal(deciding.Count, Ids("passedTests").Concat(Ids("warnedTests")).Concat(Ids("failedTests")).Count());
        Assert.NotEmpty(Ids("failedTests"));
    }

    private JudgedRun Stored()
    {
        var stored = FixtureRuns.Copy("fail", Path.Combine(folder.Path, "run"));
        File.Copy(Files.Golden("evidence.jsonl"), stored.Folder.Evidence);
        RunDocuments.Write(stored.Folder, new Publication("registry.example:5000", [Server]));
        return JudgedRun.Read(stored.Folder);
    }
}
