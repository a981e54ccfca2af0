using Verification.Cluster.Admission;
using Verification.Cluster.Nodes;
using Verification.Cluster.Programs;
using Verification.Stack.Engine;
using Verification.Stack.Images;

namespace Verification.Tests.Deployment.Cluster;

/// <summary>The cluster itself demands the verdict: <c>charts/admission</c>, on a cluster with nothing else in it.</summary>
public sealed class AdmissionTests(SuiteFixture suite) : DeploymentTest(suite)
{
    private const int Steps = 7;
    private static readonly string[] Lists = ["no list", "an empty list"];
    private static readonly string Unknown = $"sha256:{new string('1', 64)}";
    private static readonly string Next = $"sha256:{new string('2', 64)}";
    private static readonly string AfterNext = $"sha256:{new string('3', 64)}";

    [Fact]
    [Objective("admission.closed")]
    [Objective("admission.refuses")]
    [Objective("admission.guarded")]
    [Objective("admission.admits")]
    public async Task Only_what_a_verdict_admits_runs_and_nobody_but_the_recorder_says_what_that_is()
    {
        await MeasureAloneAsync();
        await using var trial = await RequireTrialAsync();
        await trial.AwaitEnforcedAsync(Cancellation);

        var closed = await ClosedAsync(trial);
        var problem =
            await trial.RecordAsync("run-1", [trial.Digest], Cancellation)
            ?? await trial.DeployAsync(trial.Image, 1, mustRun: true, Cancellation);
        if (problem is not null)
        {
            Decide([
                closed,
                Measurement.OfDeviations("admission.admits", [problem], Steps),
                Measurement.NotMeasured("admission.refuses", "what was recorded did not run"),
                Measurement.NotMeasured("admission.guarded", "what was recorded did not run"),
            ]);
            return;
        }

        var refuses = await RefusesAsync(trial);
        var guarded = await GuardedAsync(trial);
        Decide(closed, refuses, guarded, await AdmitsAsync(trial));
    }

    private async Task<AdmissionTrial> RequireTrialAsync()
    {
        try
        {
            return await AdmissionTrial.StartAsync(
                Suite.Root,
                Suite.StageFolder,
                message => TestContext.Current.SendDiagnosticMessage(message),
                Cancellation
            );
        }
        catch (Exception e) when (e is ToolMissingException or ClusterMissingException or ImageException or EngineMissingException)
        {
            NotMeasured(e.Message);
            throw;
        }
    }

    /// <summary>Without a list nothing runs, and by one that names nothing neither.</summary>
    private static async Task<Measurement> ClosedAsync(AdmissionTrial trial)
    {
        var deviations = new List<string>();
        foreach (var list in Lists)
        {
            if (list == Lists[1] && await trial.RecordAsync("run-0", [], Cancellation) is { } problem)
                deviations.Add(problem);
            foreach (var (asker, client) in trial.Askers)
            {
                if (await AdmissionOffers.IsTakenAsync(client, trial.Image, Cancellation))
                    deviations.Add($"with {list} a pod of {trial.Image} was taken from {asker}");
            }
        }

        return Measurement.OfDeviations("admission.closed", deviations, 2 * trial.Askers.Count);
    }

    private static async Task<Measurement> RefusesAsync(AdmissionTrial trial)
    {
        var deviations = new List<string>();
        foreach (var (asker, client) in trial.Askers)
        {
            foreach (var image in new[] { trial.Of(Unknown), trial.Tagged, $"{trial.Tagged}@{Unknown}" })
                deviations.AddRange(await AdmissionOffers.TakenAsync(asker, client, image, trial.Image, Cancellation));
        }

        return Measurement.OfDeviations("admission.refuses", deviations, 3 * trial.Askers.Count * AdmissionOffers.WaysCount);
    }

    private static async Task<Measurement> GuardedAsync(AdmissionTrial trial)
    {
        var deviations = new List<string>();
        foreach (var (asker, client) in trial.Askers)
            deviations.AddRange(await AdmissionOffers.OpenAsync(asker, client, Cancellation));
        return Measurement.OfDeviations("admission.guarded", deviations, trial.Askers.Count * AdmissionOffers.AttemptsCount);
    }

    /// <summary>The next release and the one before it go through, whatever dies comes again, and what runs stays admitted though two
    /// further releases are recorded.</summary>
    private static async Task<Measurement> AdmitsAsync(AdmissionTrial trial)
    {
        (string What, Func<Task<string?>> Step)[] steps =
        [
            ("a release is scaled", () => trial.DeployAsync(trial.Image, 2, mustRun: true, Cancellation)),
            ("its pods end and come again", () => trial.RestartAsync(trial.Image, 2, Cancellation)),
            ("the next release is recorded", () => trial.RecordAsync("run-2", [Next], Cancellation)),
            ("the next release is rolled out", () => trial.DeployAsync(trial.Of(Next), 1, mustRun: false, Cancellation)),
            ("the release before it is rolled out again", () => trial.DeployAsync(trial.Image, 2, mustRun: true, Cancellation)),
            ("one more release is recorded", () => trial.RecordAsync("run-3", [AfterNext], Cancellation)),
            ("its pods end and come again, two releases later", () => trial.RestartAsync(trial.Image, 2, Cancellation)),
        ];
        var deviations = new List<string>();
        foreach (var (what, step) in steps)
        {
            if (await step() is { } problem)
                deviations.Add($"{what}: {problem}");
        }

        return Measurement.OfDeviations("admission.admits", deviations, Steps);
    }
}
