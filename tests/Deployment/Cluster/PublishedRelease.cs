using System.Security.Cryptography;
using System.Text;
using Verification.Gate.Attesting;
using Verification.Gate.Publishing;
using Verification.Gate.Runs;
using Verification.Stack.Images.Contents;
using Verification.Stack.Images.Registries;

namespace Verification.Tests.Deployment.Cluster;

/// <summary>A small project, and a verdict on its two services that lies in a registry as <c>./verify publish</c> leaves it. The images
/// themselves are not there: an admission asks for none.</summary>
internal sealed class PublishedRelease
{
    /// <summary>The run of the verdict.</summary>
    public const string Run = "20261124-083015-4f2a";

    private static readonly string[] Roles = ["server", "dashboard"];

    /// <summary>When the run of the verdict ended, before now.</summary>
    private static readonly TimeSpan Age = TimeSpan.FromMinutes(5);

    private PublishedRelease(string root, IReadOnlyDictionary<string, string> images) => (Root, Images) = (root, images);

    /// <summary>Folder of the project.</summary>
    public string Root { get; }

    /// <summary>The image of each service, by digest.</summary>
    public IReadOnlyDictionary<string, string> Images { get; }

    /// <summary>Makes the project.</summary>
    /// <param name="folder">The run, in whose folder it is made.</param>
    /// <param name="registry">Host of the registry that its images are named by.</param>
    public static PublishedRelease Make(RunFolder folder, string registry)
    {
        var root = Directory.CreateDirectory(Path.Combine(folder.Path, "project")).FullName;
        // By this file a checkout is known.
        File.WriteAllText(Path.Combine(root, "Verification.sln"), "");
        File.WriteAllText(
            Path.Combine(root, "sut.yaml"),
            "schema: 1\nname: small\nimages: {dashboard: build, server: build}\nenvironment: {dashboard: {}, server: {}}\nanonymousBroker: false\ntls: false\nddlRights: true\nextras: []\n"
        );
        File.WriteAllText(
            Path.Combine(root, "gates.yaml"),
            """
            schema: 1
            objectives:
              queue.kept: {promise: p, unit: buffs, comparison: at-most, limit: 0, minObservations: 1}
            profiles:
              nightly:
                limit: 60 s
                suites:
                  integration: {budget: 60 s, brokers: default, topology: single}
                required: [queue.kept]
            waivers: []
            """
        );
        return new PublishedRelease(
            root,
            Roles.ToDictionary(role => role, role => $"{registry}/{role}@{DigestOf(role)}", StringComparer.Ordinal)
        );
    }

    /// <summary>Puts a PASS of the profile <c>nightly</c> beside the images, with their bills of material.</summary>
    /// <param name="folder">The run, in whose folder it is written first.</param>
    /// <param name="registry">Host of the registry.</param>
    /// <param name="key">File of the private key that signs it; null where it is not signed.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task PublishAsync(RunFolder folder, string registry, string? key, CancellationToken cancellationToken)
    {
        var run = Judged(new RunFolder(Directory.CreateDirectory(Path.Combine(folder.Path, Run)).FullName));
        DocumentWriter.Write(
            run.Publication,
            new Publication(registry, [.. Images.Select(image => new PublishedImage(image.Key, DigestOf(image.Key), image.Value))])
        );
        var judged = JudgedRun.Read(run);
        if (key is not null)
        {
            using var signing = SigningKey.Read(key);
            Attestation.Write(judged, signing);
        }

        var files = RunArtifact.Pack(judged);
        using var client = await RegistryClient.ConnectAsync(registry, cancellationToken);
        foreach (var (role, image) in Images)
        {
            var manifest = new OciDescriptor(OciManifest.ManifestType, DigestOf(role), 2);
            await client.AttachAsync(role, manifest, RunArtifact.Type, files, cancellationToken);
            await client.AttachAsync(
                role,
                manifest,
                BillOfMaterial.Type,
                [(BillOfMaterial.FileName, BillOfMaterial.Type, BillOfMaterial.Of(ImageName.Parse(image), new ImageContents([])))],
                cancellationToken
            );
        }

        Directory.Delete(run.Path, recursive: true);
    }

    private static string DigestOf(string role) => $"sha256:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(role)))}";

    /// <summary>A run that was whole, and its verdict. It was given for a project without <c>config/</c>.</summary>
    private RunFolder Judged(RunFolder run)
    {
        var gates = GatesFile.Read(Path.Combine(Root, "gates.yaml"));
        var ended = DateTimeOffset.UtcNow - Age;
        var record = new RunRecord
        {
            Id = Run,
            Profile = "nightly",
            Environment = "local",
            Command = "./verify gate",
            StartedAt = ended - Age,
            EndedAt = ended,
            Only = [],
            Stages =
            [
                StageRecord.Of(new Stage("integration", "classic", "single")) with
                {
                    ExitCode = 0,
                    Components = [.. Images.Keys.Select(role => new ComponentRecord(role, role, DigestOf(role), "1", "here"))],
                },
            ],
            Tests = [],
            Commit = null,
            ConfigSha256 = Convert.ToHexStringLower(SHA256.HashData([])),
            GatesSha256 = gates.Sha256,
            Machine = new Dictionary<string, string>(),
            Variables = new Dictionary<string, string>(),
            Interrupted = null,
            PromisedExtras = [],
        };
        EvidenceLine kept = new()
        {
            Objective = "queue.kept",
            Outcome = EvidenceOutcome.Measured,
            Dimensions = new Dictionary<string, string>(),
            Value = 0,
            Unit = "buffs",
            Observations = 1,
            Test = "T.t",
            At = ended,
        };
        using (var log = new EvidenceLog(run.Evidence))
            log.Append(kept);
        DocumentWriter.Write(run.Record, record);
        DocumentWriter.Write(run.Verdict, ReleaseJudge.Judge(gates, record, [kept], ended));
        return run;
    }
}
