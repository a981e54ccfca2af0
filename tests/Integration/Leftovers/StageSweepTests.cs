using Docker.DotNet.Models;
using Verification.Stack.Engine;
using Verification.Stack.Leftovers;
using Verification.Stack.Runs;

namespace Verification.Tests.Integration.Leftovers;

/// <summary>What the stages of one run leave in the engine: networks stand for everything that carries their labels.</summary>
public sealed class StageSweepTests : IAsyncLifetime
{
    private DirectoryInfo folder = null!;
    private readonly Dictionary<string, string> networks = [];
    private RunFolder run = new("");
    private DockerEngine? engine;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        try
        {
            engine = await DockerEngine.ConnectAsync(Cancellation);
        }
        catch (EngineMissingException e)
        {
            Lack.Of(e.Message);
        }

        folder = Directory.CreateTempSubdirectory("stage-sweep-test-");
        run = new RunFolder(Path.Combine(folder.FullName, $"stages-{Guid.NewGuid():N}"));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var network in await ExistingAsync())
            await engine!.Client.Networks.DeleteNetworkAsync(networks[network], CancellationToken.None);
        engine?.Dispose();
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task The_end_of_a_stage_leaves_the_other_stages_of_its_run_alone()
    {
        await StageAsync("one", kept: false);
        await StageAsync("two", kept: false);

        await new Sweeper(engine!).EndRunAsync(run.Of("one"), Cancellation);

        Assert.Equal(["two"], await ExistingAsync());
        Assert.False(Directory.Exists(run.Of("one").Secrets));
        Assert.True(Directory.Exists(run.Of("two").Secrets));
    }

    [Fact]
    public async Task The_end_of_a_run_keeps_each_stack_that_is_kept_and_described_with_its_secrets_and_no_other()
    {
        await StageAsync("described", kept: true);
        await StageAsync("second", kept: true);
        await StageAsync("never-up", kept: true);
        await StageAsync("passing", kept: false);
        foreach (var stage in new[] { "described", "second" })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(run.Of(stage).Stack)!);
            await File.WriteAllTextAsync(run.Of(stage).Stack, "{}", Cancellation);
        }

        await new Sweeper(engine!).EndRunAsync(run, Cancellation);

        Assert.Equal(["described", "second"], await ExistingAsync());
        Assert.True(Directory.Exists(run.Of("described").Secrets));

        await new Sweeper(engine!).RemoveKeptAsync(run, Cancellation);
        Assert.Empty(await ExistingAsync());
        Assert.False(Directory.Exists(run.Secrets));
    }

    private async Task StageAsync(string name, bool kept)
    {
        var stage = run.Of(name);
        Directory.CreateDirectory(stage.Secrets);
        await File.WriteAllTextAsync(Path.Combine(stage.Secrets, "mysql-password"), "a secret of no use", Cancellation);
        var labels = RunLabels.Of(stage, kept);
        networks[name] = (
            await engine!.Client.Networks.CreateNetworkAsync(
                new NetworksCreateParameters { Name = RunLabels.NameOf(labels), Labels = labels },
                Cancellation
            )
        ).ID;
    }

    private async Task<IReadOnlyList<string>> ExistingAsync()
    {
        if (engine is null)
            return [];
        var there = (await engine.Client.Networks.ListNetworksAsync(new NetworksListParameters(), CancellationToken.None))
            .Select(network => network.ID)
            .ToHashSet(StringComparer.Ordinal);
        return [.. networks.Where(network => there.Contains(network.Value)).Select(network => network.Key).Order(StringComparer.Ordinal)];
    }
}
