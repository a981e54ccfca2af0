using System.Security.Cryptography;
using Verification.Cluster.Admission;
using Verification.Cluster.Programs;
using Verification.Stack;
using Verification.Stack.Readiness;

namespace Verification.Tests.Deployment.Cluster;

/// <summary>What a signed verdict admits is recorded by the program itself: registry, verdict, <c>verify admit --record</c>, list; and only
/// where the cluster goes by the list.</summary>
public sealed class RecordingTests(SuiteFixture suite) : ClusterTest(suite)
{
    private const string NotEnforced = "does not enforce the list of admitted images";

    [Fact]
    [Objective("admission.admits")]
    public async Task What_a_signed_verdict_admits_is_recorded_by_the_program_where_the_cluster_goes_by_its_list()
    {
        await MeasureAloneAsync();
        await using var registry = await RequireRegistryAsync();
        await using var trial = await RequireAsync(() => AdmissionTrial.StartAsync(Suite.Root, Suite.StageFolder, Tell, Cancellation));
        await trial.AwaitEnforcedAsync(Cancellation);
        var release = PublishedRelease.Make(Suite.StageFolder, registry.Host);
        var (ours, theirs) = (MakeKey("ours"), MakeKey("theirs"));
        await release.PublishAsync(Suite.StageFolder, registry.Host, ours.Private, Cancellation);
        var program = new AdmittingProgram(Suite, trial, release);

        List<string?> steps =
        [
            Unless(await program.RecordAsync(theirs.Public, "nightly"), 1, "signed by another key", "a verdict of another key"),
            Unless(await program.RecordAsync(ours.Public, "release"), 1, "profile release is required", "a verdict of too little"),
            (await trial.ListAsync(Cancellation)).Digests.Count == 0 ? null : "what was refused is on the list",
            Unless(await program.RecordAsync(ours.Public, "nightly"), 0, $"those of run {PublishedRelease.Run}", "a signed verdict"),
            await IsListedAsync(trial, release),
            await trial.AwaitAdmittedAsync(release.Images.Values, Cancellation),
            Unless(await program.DeployAsync(), 0, "admitted: run", "a deployment to a cluster that demands verdicts"),
        ];
        await trial.OnlyAuditAsync(Cancellation);
        steps.Add(Unless(await program.RecordAsync(ours.Public, "nightly"), 2, NotEnforced, "a record for a cluster that only tells"));
        steps.Add(Unless(await program.DeployAsync(), 2, NotEnforced, "a deployment to a cluster that only tells"));
        await trial.UnbindAsync(Cancellation);
        steps.Add(Unless(await program.RecordAsync(ours.Public, "nightly"), 2, NotEnforced, "a record for a cluster that demands nothing"));
        steps.Add(Unless(await program.DeployAsync(), 2, NotEnforced, "a deployment to a cluster that demands nothing"));
        Decide(Measurement.OfDeviations("admission.admits", [.. steps.OfType<string>()], steps.Count) with { Phase = "by the program" });
    }

    private static async Task<string?> IsListedAsync(AdmissionTrial trial, PublishedRelease release)
    {
        var list = await trial.ListAsync(Cancellation);
        var expected = release.Images.Values.Select(image => ImageName.Parse(image).Digest!).Order(StringComparer.Ordinal);
        return
            list.Release == PublishedRelease.Run
            && list.Digests.Keys.Order(StringComparer.Ordinal).SequenceEqual(expected, StringComparer.Ordinal)
            ? null
            : $"the list is of run {list.Release ?? "none"}, with {string.Join(", ", list.Digests.Keys)}";
    }

    private static string? Unless((int Code, string Said) ended, int code, string said, string what) =>
        ended.Code == code && ended.Said.Contains(said, StringComparison.Ordinal)
            ? null
            : $"{what} was to end with exit code {code} and '{said}', and ended with {ended.Code}: {ended.Said}";

    private async Task<LoopbackRegistry> RequireRegistryAsync()
    {
        try
        {
            return await LoopbackRegistry.StartAsync(Suite.StageFolder, Cancellation);
        }
        catch (Exception e) when (e is ToolMissingException or StateNotSeenException)
        {
            NotMeasured(e.Message);
            throw;
        }
    }

    /// <summary>Beside what else is secret of the run, and gone with it.</summary>
    private (string Private, string Public) MakeKey(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var folder = Directory.CreateDirectory(Path.Combine(Suite.StageFolder.Secrets, "verdicts")).FullName;
        var (secret, known) = (Path.Combine(folder, $"{name}.pem"), Path.Combine(folder, $"{name}.pub"));
        File.WriteAllText(secret, key.ExportECPrivateKeyPem());
        File.WriteAllText(known, key.ExportSubjectPublicKeyInfoPem());
        return (secret, known);
    }

    /// <summary>The program, as the pipeline of the gate calls it, and as the hook of a deployment does.</summary>
    private sealed class AdmittingProgram(SuiteSession suite, AdmissionTrial trial, PublishedRelease release)
    {
        private readonly Tool program = new("verify", Path.Combine(AppContext.BaseDirectory, "Verification.Gate"));

        public Task<(int Code, string Said)> RecordAsync(string key, string profile) =>
            AdmitAsync(trial.Recorder, "--key", key, "--require", profile, "--record");

        public Task<(int Code, string Said)> DeployAsync() => AdmitAsync(trial.Administrator, "--history", "--enforced");

        private async Task<(int Code, string Said)> AdmitAsync(ClusterAddress who, params string[] further)
        {
            var deployed = Path.Combine(release.Root, "images.yaml");
            await File.WriteAllTextAsync(
                deployed,
                $"images:\n{string.Concat(release.Images.Select(image => $"  {image.Key}: {image.Value}\n"))}",
                Cancellation
            );
            var result = await program.RunAsync(
                suite.StageFolder,
                [
                    "admit",
                    "--deployed",
                    deployed,
                    "--environment",
                    "local",
                    "--context",
                    who.Context,
                    "--namespace",
                    AdmissionTrial.Platform,
                    .. further,
                ],
                new Dictionary<string, string> { ["KUBECONFIG"] = who.Kubeconfig, [VerifyVariables.Root] = release.Root },
                suite.Root.Path,
                Cancellation
            );
            return (result.ExitCode, (result.Output + result.Error).ReplaceLineEndings(" "));
        }
    }
}
