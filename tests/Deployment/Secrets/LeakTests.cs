using Verification.Cluster.Helmfiles;
using Verification.Cluster.Manifests;
using Verification.Cluster.Programs;
using Verification.Infrastructure.Leaks;
using Verification.Stack;
using Verification.Stack.Components;
using Verification.Stack.Engine;
using Verification.Stack.Images;

namespace Verification.Tests.Deployment.Secrets;

/// <summary>What the project has committed, renders, and writes down of a run, searched for what looks like a secret; the state of
/// Terraform is searched where it is made.</summary>
public sealed class LeakTests(SuiteFixture suite) : DeploymentTest(suite)
{
    /// <summary>What goes to production's registry, with the kind of broker that production has.</summary>
    private static readonly string[] Released =
    [
        .. ComponentList.Deployed.Where(component => component.BelongsWith(BrokerKind.Artemis)).Select(component => component.Name),
    ];

    private Gitleaks Gitleaks => Gitleaks.Find(Suite.StageFolder, Suite.Root);

    [Theory]
    [InlineData("local")]
    [InlineData("staging")]
    [InlineData("production")]
    [InlineData("managed")]
    [Objective("secrets.unleaked")]
    public Task No_manifest_holds_a_secret(string environment) =>
        SearchAsync(
            $"manifests-{environment}",
            "deployment",
            async () =>
            {
                await RenderedEnvironment.RenderAsync(Suite.Root, Suite.StageFolder, environment, Cancellation);
                return await FolderSearch.SearchAsync(Gitleaks, RenderedEnvironment.FolderOf(Suite.StageFolder, environment), Cancellation);
            }
        );

    [Fact]
    [Objective("secrets.never-committed")]
    public Task No_commit_ever_held_a_secret() =>
        SearchAsync(
            "history",
            suspect: null,
            () => HistorySearch.SearchAsync(Gitleaks, Suite.Root.Path, Path.Combine(Suite.StageFolder.Logs, "history.git"), Cancellation)
        );

    [Fact]
    [Objective("secrets.unleaked")]
    public Task No_log_of_the_run_holds_a_secret() =>
        SearchAsync("logs", "gate", () => FolderSearch.SearchAsync(Gitleaks, Suite.Folder.Logs, Cancellation));

    [Fact]
    [Objective("secrets.unleaked")]
    public Task No_report_of_the_run_holds_a_secret() =>
        SearchAsync(
            "reports",
            "gate",
            async () =>
            {
                using var reports = await InterimReports.WriteAsync(Suite.Root, Suite.Folder, Suite.StageFolder, Cancellation);
                return await FolderSearch.SearchAsync(Gitleaks, reports.Path, Cancellation);
            }
        );

    [Fact]
    [Objective("secrets.unleaked")]
    public Task No_image_holds_a_secret_in_any_of_its_layers() =>
        SearchAsync(
            "images",
            suspect: null,
            async () =>
            {
                using var engine = await DockerEngine.ConnectAsync(Cancellation);
                var images = await new ImageStore(engine, Suite.Root).ResolveAsync(
                    Released,
                    Images,
                    new Progress<ImageProgress>(),
                    Cancellation
                );
                var folder = Directory.CreateDirectory(Path.Combine(Suite.StageFolder.Path, "image-files")).FullName;
                try
                {
                    foreach (var image in images.Values.DistinctBy(image => image.Image))
                    {
                        await using var saved = await engine.Client.Images.SaveImageAsync(image.Image, Cancellation);
                        await LayDownAsync(image.Image, saved, folder);
                    }

                    return await FolderSearch.SearchAsync(Gitleaks, folder, Cancellation);
                }
                finally
                {
                    Directory.Delete(folder, recursive: true);
                }
            }
        );

    private static async Task LayDownAsync(string image, Stream saved, string folder)
    {
        try
        {
            await ImageFiles.LayDownAsync(saved, folder, Cancellation);
        }
        catch (FormatException e)
        {
            throw new LeaksUnknownException($"{image} was not searched: {e.Message}");
        }
    }

    /// <summary>Searches and decides. What can't be had leaves the objective UNKNOWN.</summary>
    /// <param name="phase">What is searched.</param>
    /// <param name="suspect">Who has written it, if it is one.</param>
    /// <param name="search">The search.</param>
    private async Task SearchAsync(string phase, string? suspect, Func<Task<LeakSearch>> search)
    {
        var objective = Assert.Single(TestObjectives());
        try
        {
            Decide((await search()).ToMeasurement(objective, phase) with { Suspects = suspect is null ? [] : [suspect] });
        }
        catch (LeaksUnknownException e)
        {
            Record(Measurement.NotMeasured(objective, e.Message) with { Phase = phase });
            Unavailable(e.Message, e.IsNamed ? VerifyVariables.Tools : null);
        }
        catch (Exception e)
            when (e is ToolMissingException or HelmfileException or DocumentException or EngineMissingException or ImageException)
        {
            NotMeasured(e.Message);
        }
    }
}
