using Verification.Gate.Attesting;
using Verification.Gate.Runs;
using Verification.Objectives;
using Verification.Stack;
using Verification.Tests.Unit.Gate;
using Verification.Tests.Unit.Objectives;

namespace Verification.Tests.Unit.Attesting;

/// <summary>A small project, and a run of it that is PASS, in a folder.</summary>
internal sealed class SignedRun
{
    private static readonly Objective Kept = new("queue.kept", "p", "buffs", Comparison.AtMost, 0, 1, [], ObjectiveKind.Contract);

    private SignedRun(ProjectRoot root, RunFolder folder) => (Root, Folder) = (root, folder);

    /// <summary>The project: its objectives, its configuration, its system under test.</summary>
    public ProjectRoot Root { get; }

    /// <summary>The run.</summary>
    public RunFolder Folder { get; }

    /// <summary>The run as it is stored.</summary>
    public JudgedRun Judged => JudgedRun.Read(Folder);

    /// <summary>Makes both.</summary>
    /// <param name="folder">Where.</param>
    /// <param name="components">What it has verified; null for a Server and a Dashboard that nobody has.</param>
    /// <param name="key">Signs it; null where it is not signed.</param>
    /// <param name="lost">Buffs that were lost: with one it is FAIL.</param>
    public static SignedRun Make(TemporaryFolder folder, SigningKey? key, IReadOnlyList<ComponentRecord>? components = null, int lost = 0)
    {
        var root = new ProjectRoot(Path.Combine(folder.Path, "project"));
        folder.File("project/config/versions.yaml", File.ReadAllText(Path.Combine(Files.Root, "config", "versions.yaml")));
        folder.File(
            "project/sut.yaml",
            "schema: 1\nname: small\nimages: {dashboard: build, server: build}\nenvironment: {dashboard: {}, server: {}}\nanonymousBroker: false\ntls: false\nddlRights: true\nextras: []\n"
        );
        folder.File(
            "project/gates.yaml",
            """
            schema: 1
            objectives:
              queue.kept: {promise: p, unit: buffs, comparison: at-most, limit: 0, minObservations: 1}
            profiles:
              pr:
                limit: 60 s
                suites:
                  integration: {budget: 60 s, brokers: default, topology: single}
                required: [queue.kept]
            waivers: []
            """
        );
        var gates = GatesFile.Read(root.Gates);
        var ended = DateTimeOffset.UtcNow.AddMinutes(-5);
        var run = new RunFolder(Directory.CreateDirectory(Path.Combine(root.Runs, "20261124-083015-4f2a")).FullName);
        var record = SampleRun.EndedAt(ended).On(components ?? [Component("server", '1'), Component("dashboard", '2')]) with
        {
            ConfigSha256 = ConfigDigest.Of(root.Config),
            GatesSha256 = gates.Sha256,
        };
        RunDocuments.Write(run, record);
        EvidenceLine[] evidence = [Lines.Of(Kept, lost, "T.t") with { At = ended }];
        using (var log = new EvidenceLog(run.Evidence))
            log.Append(evidence[0]);
        RunDocuments.Write(run, ReleaseJudge.Judge(gates, record, evidence, ended));
        var made = new SignedRun(root, run);
        if (key is not null)
            Attestation.Write(made.Judged, key);
        return made;
    }

    /// <summary>A component with a digest of one digit.</summary>
    public static ComponentRecord Component(string role, char digit) =>
        new(role, $"{role}:1", $"sha256:{new string(digit, 64)}", "1", "here");
}
