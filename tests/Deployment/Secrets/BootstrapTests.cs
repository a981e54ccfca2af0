using System.Text;
using Verification.Cluster.Bootstrap;
using Verification.Cluster.Helmfiles;
using Verification.Cluster.Manifests;
using Verification.Cluster.Programs;
using Verification.Infrastructure.Secrets;

namespace Verification.Tests.Deployment.Secrets;

/// <summary>The secrets that an environment begins with, from a file that is encrypted as a team's would be, for a key of a run.</summary>
public sealed class BootstrapTests(SuiteFixture suite) : DeploymentTest(suite)
{
    [Theory]
    [InlineData("staging")]
    [InlineData("production")]
    [Objective("secrets.bootstrap")]
    public async Task Secrets_come_from_an_encrypted_file_to_what_is_deployed_and_lie_in_no_file(string environment)
    {
        try
        {
            var key = await AgeKey.MakeAsync(Suite.StageFolder, $"{environment}.age", Cancellation);
            var file = await BootstrapFile.MakeAsync(Suite.Root, Suite.StageFolder, environment, key, Cancellation);
            List<string> deviations =
            [
                .. await UndeployedAsync(environment, file, key),
                .. await OpenedByAnotherAsync(environment, file),
                .. Plain(environment, file),
            ];

            Decide(Measurement.OfDeviations("secrets.bootstrap", deviations, file.Values.Count) with { Phase = environment });
        }
        catch (Exception e) when (e is ToolMissingException or BootstrapException)
        {
            NotMeasured(e.Message);
        }
    }

    [Fact]
    [Objective("secrets.bootstrap")]
    public void What_lies_in_the_project_to_begin_with_is_encrypted_and_whole()
    {
        var committed = CommittedBootstrap.Read(Suite.Root);

        Decide(Measurement.OfDeviations("secrets.bootstrap", committed.Faults, committed.Looked) with { Phase = "committed" });
    }

    private async Task<IReadOnlyList<string>> UndeployedAsync(string environment, BootstrapFile file, AgeKey key)
    {
        try
        {
            return file.MissingIn(
                await RenderedEnvironment.RenderBegunAsync(Suite.Root, Suite.StageFolder, environment, file, key, Cancellation)
            );
        }
        catch (HelmfileException e)
        {
            return [e.Message];
        }
    }

    private async Task<IReadOnlyList<string>> OpenedByAnotherAsync(string environment, BootstrapFile file)
    {
        var another = await AgeKey.MakeAsync(Suite.StageFolder, $"not-{environment}.age", Cancellation);
        try
        {
            await RenderedEnvironment.RenderBegunAsync(Suite.Root, Suite.StageFolder, environment, file, another, Cancellation);
            return ["a key that the file is not encrypted for opens it"];
        }
        catch (HelmfileException)
        {
            return [];
        }
    }

    /// <summary>The files of the run, and of what is deployed, that hold a value as it is, or as a manifest has it.</summary>
    private IEnumerable<string> Plain(string environment, BootstrapFile file)
    {
        var search = new SecretSearch([
            .. file.Values,
            .. file.Values.Select(value => Convert.ToBase64String(Encoding.UTF8.GetBytes(value))),
        ]);
        return new[] { Suite.Folder.Path, InProject("environments"), InProject("charts") }
            .SelectMany(folder => search.Below(folder, Suite.Folder.Lock))
            .Where(each => each.Holds)
            .Select(each =>
                Path.GetFileName(each.File) == Path.GetFileName(file.File)
                    ? $"{each.File} holds a value in the clear: the creation rule of .sops.yaml for environments/{environment}/bootstrap.yaml has to encrypt every value"
                    : $"{each.File} holds a value in the clear"
            );
    }
}
