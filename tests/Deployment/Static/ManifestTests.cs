using Verification.Cluster.Admission;
using Verification.Cluster.Helmfiles;
using Verification.Cluster.Manifests;
using Verification.Cluster.Monitoring;
using Verification.Cluster.Programs;

namespace Verification.Tests.Deployment.Static;

public sealed class ManifestTests(SuiteFixture suite) : DeploymentTest(suite)
{
    [Theory]
    [InlineData("local", "HorizontalPodAutoscaler/server")]
    [InlineData("staging", "ScaledObject/server")]
    [InlineData("production", "ScaledObject/server")]
    [InlineData("managed", "HorizontalPodAutoscaler/server")]
    [Objective("manifests.sound")]
    public async Task Everything_that_is_deployed_keeps_the_rules_or_says_why_not(string environment, string scaler)
    {
        var set = await RequireRenderedAsync(environment);
        var examination = new ManifestExamination(ManifestExceptions.Read(InProject("environments", "exceptions.yaml")));

        Decide(
            Measurement.OfDeviations(
                "manifests.sound",
                [
                    .. EnvironmentValues.FaultsOf(Suite.Root, environment),
                    .. examination.FaultsOf(set),
                    .. new WatchedConfig(Suite.Root).FaultsOf(set),
                    .. AdmittedPods.FaultsOf(set),
                    .. AutoscalerFaults(set, scaler),
                ],
                set.Manifests.Count
            ) with
            {
                Phase = environment,
            }
        );
    }

    [Theory]
    [InlineData("local")]
    [InlineData("production")]
    [Objective("manifests.sound")]
    public async Task Services_of_the_contract_alone_are_deployed_by_what_it_names_and_keep_the_rules(string environment)
    {
        var set = (await RequireRenderedAsync(environment, $"services: {{contract: {BaseContract.Value}}}\n")) with
        {
            Contract = BaseContract.Value,
        };
        var examination = new ManifestExamination(ManifestExceptions.Read(InProject("environments", "exceptions.yaml")));

        Decide(
            Measurement.OfDeviations(
                "manifests.sound",
                [.. examination.FaultsOf(set), .. BaseContract.FaultsOf(set)],
                set.Manifests.Count
            ) with
            {
                Phase = $"{environment}, with the contract alone",
            }
        );
    }

    /// <summary>Charts of others are rendered where they are at hand: without them the rest is known.</summary>
    [Theory]
    [InlineData("staging")]
    [InlineData("production")]
    [Objective("manifests.sound")]
    public async Task What_others_chart_keeps_the_rules_or_says_why_not(string environment)
    {
        _ = RequireCharts();
        var set = await RequireRenderedAsync(
            environment,
            () => RenderedEnvironment.RenderWholeAsync(Suite.Root, Suite.StageFolder, environment, Cancellation)
        );
        var examination = new ManifestExamination(ManifestExceptions.Read(InProject("environments", "exceptions.yaml")));

        Decide(
            Measurement.OfDeviations(
                "manifests.sound",
                [.. examination.FaultsOf(set), .. new WatchedConfig(Suite.Root).FaultsOf(set), .. AdmittedPods.FaultsOf(set)],
                set.Manifests.Count
            ) with
            {
                Phase = $"{environment}, with charts of others",
            }
        );
    }

    /// <summary>A schema of a chart lets a misspelt key pass, and the chart goes by its default.</summary>
    [Theory]
    [InlineData("staging")]
    [InlineData("production")]
    [Objective("manifests.sound")]
    public async Task What_others_chart_is_given_no_key_that_it_does_not_take(string environment)
    {
        var charts = RequireCharts();
        var given = await RequireRenderedAsync(
            environment,
            () => RenderedEnvironment.ValuesOfOthersAsync(Suite.Root, Suite.StageFolder, environment, Cancellation)
        );

        Decide(
            Measurement.OfDeviations(
                "manifests.sound",
                [
                    .. given.SelectMany(
                        release => ChartKeys.Of(Path.Combine(charts, release.Key)).UnknownIn(release.Value),
                        (release, key) =>
                            $"environments/third-party/{release.Key}.yaml.gotmpl gives {key}, which its chart does not take: correct the name, or take it away"
                    ),
                ],
                given.Count
            ) with
            {
                Phase = $"{environment}, values of charts of others",
            }
        );
    }

    [Fact]
    [Objective("manifests.sound")]
    public void Every_environment_of_the_helmfile_is_held_against_the_rules()
    {
        var environments = HelmfileDocument.Read(InProject("helmfile.yaml")).Environments;
        string[] held = ["local", "staging", "production", "managed"];

        string[] wrong =
        [
            .. environments
                .Except(held, StringComparer.Ordinal)
                .Select(each =>
                    $"helmfile.yaml has the environment {each}, which is held against no rule: name it in {nameof(ManifestTests)}"
                ),
            .. held.Except(environments, StringComparer.Ordinal).Select(each => $"helmfile.yaml has no environment {each} any more"),
        ];
        // What holds here is no object that keeps a rule.
        if (wrong.Length == 0)
            LeaveToOthers("manifests.sound");
        else
            Decide(Measurement.OfDeviations("manifests.sound", wrong, 10) with { Phase = "environments" });
    }

    /// <summary>The folder of charts of others; skips the test where there is none.</summary>
    private string RequireCharts()
    {
        if (VerifyVariables.Value(VerifyVariables.Charts) is { } charts)
            return charts;
        LeaveToOthers("manifests.sound");
        Assert.Skip($"{VerifyVariables.Charts} names no folder of charts of others");
        return string.Empty;
    }

    /// <summary>The Dashboard goes by the processor, as the queue says nothing of those who fill it; the Server by its queue, too, where
    /// something tells of that.</summary>
    private static string[] AutoscalerFaults(ManifestSet set, string scaler)
    {
        string[] wanted = ["HorizontalPodAutoscaler/dashboard", scaler];
        var there = set.Autoscalers.Select(autoscaler => autoscaler.Manifest.Id).Order(StringComparer.Ordinal).ToList();
        return there.SequenceEqual(wanted)
            ? []
            : [$"{set.Environment}: {string.Join(" and ", wanted)} should scale, and there is {string.Join(" and ", there)}"];
    }

    /// <summary>A chart that can't be rendered is a fault; without the programs it is not known.</summary>
    private Task<ManifestSet> RequireRenderedAsync(string environment, string further = "") =>
        RequireRenderedAsync(
            environment,
            () => RenderedEnvironment.RenderAsync(Suite.Root, Suite.StageFolder, environment, further, Cancellation)
        );

    private async Task<T> RequireRenderedAsync<T>(string environment, Func<Task<T>> render)
    {
        try
        {
            return await render();
        }
        catch (Exception e) when (e is HelmfileException or DocumentException)
        {
            Decide(Measurement.OfDeviations("manifests.sound", [e.Message], 10) with { Phase = environment });
            throw;
        }
        catch (ToolMissingException e)
        {
            NotMeasured(e.Message);
            throw;
        }
    }
}
