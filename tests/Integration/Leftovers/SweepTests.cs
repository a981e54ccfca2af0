using Docker.DotNet.Models;
using Verification.Stack;
using Verification.Stack.Engine;
using Verification.Stack.Leftovers;
using Verification.Stack.Runs;

namespace Verification.Tests.Integration.Leftovers;

/// <summary>What runs leave in the engine, by their labels: networks stand for everything that carries them.</summary>
public sealed class SweepTests : IAsyncLifetime
{
    private DirectoryInfo folder = null!;
    private readonly List<string> networks = [];
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

        folder = Directory.CreateTempSubdirectory("sweep-test-");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var network in await ExistingAsync())
            await engine!.Client.Networks.DeleteNetworkAsync(network, CancellationToken.None);
        engine?.Dispose();
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task What_a_dead_run_has_left_is_removed_with_its_secrets()
    {
        var dead = await RunAsync("dead", kept: false);

        await new Sweeper(engine!).SweepDeadRunsAsync(Cancellation);

        Assert.Empty(await ExistingAsync());
        Assert.False(Directory.Exists(dead.Secrets));
    }

    [Fact]
    public async Task What_a_living_run_has_made_stays()
    {
        var living = await RunAsync("living", kept: false);
        using var held = HeldFile.TryTake(living.Lock);

        await new Sweeper(engine!).SweepDeadRunsAsync(Cancellation);

        Assert.Single(await ExistingAsync());
        Assert.True(Directory.Exists(living.Secrets));
    }

    [Fact]
    public async Task A_kept_stack_stays_until_it_is_asked_for()
    {
        var kept = await RunAsync("kept", kept: true);
        var sweeper = new Sweeper(engine!);

        await sweeper.SweepDeadRunsAsync(Cancellation);
        Assert.Single(await ExistingAsync());
        Assert.Contains(kept, await sweeper.KeptAsync(Cancellation));

        await sweeper.RemoveKeptAsync(kept, Cancellation);
        Assert.Empty(await ExistingAsync());
        Assert.False(Directory.Exists(kept.Secrets));
    }

    [Fact]
    public async Task What_a_run_has_made_that_cannot_be_seen_from_here_stays_and_is_named()
    {
        // As a run in another container looks from here: the same host name, another namespace of processes, a folder that is not there.
        var away = await RunAsync(
            "away",
            kept: false,
            labels => labels[RunLabels.Process] = (ProcessIdentity.Current with { Namespace = "pid:[1]" }).ToString()
        );
        Directory.Delete(away.Path, recursive: true);
        var told = new List<string>();
        var sweeper = new Sweeper(engine!, told.Add);

        await sweeper.SweepDeadRunsAsync(Cancellation);
        Assert.Empty(await sweeper.SweepAllAsync(new ProjectRoot(folder.FullName), Cancellation));

        Assert.Single(await ExistingAsync());
        Assert.All(
            told.Where(line => line.Contains(Path.GetFileName(away.Path), StringComparison.Ordinal)),
            line => Assert.StartsWith("left alone", line, StringComparison.Ordinal)
        );
        Assert.NotEmpty(told);
    }

    [Fact]
    public async Task What_a_run_has_left_whose_folder_is_gone_is_removed_when_its_process_is_gone()
    {
        var dead = await RunAsync(
            "gone",
            kept: false,
            labels => labels[RunLabels.Process] = (ProcessIdentity.Current with { Start = "1" }).ToString()
        );
        Directory.Delete(dead.Path, recursive: true);

        await new Sweeper(engine!).SweepDeadRunsAsync(Cancellation);

        Assert.Empty(await ExistingAsync());
    }

    [Fact]
    public async Task A_stack_of_another_checkout_is_removed_only_everywhere()
    {
        var kept = await RunAsync("kept", kept: true);
        var told = new List<string>();
        var sweeper = new Sweeper(engine!, told.Add);

        Assert.Empty(await sweeper.RemoveKeptAsync(new ProjectRoot("/another/checkout"), Cancellation));
        Assert.Contains(
            told,
            line =>
                line.Contains(Path.GetFileName(kept.Path), StringComparison.Ordinal)
                && line.Contains("--everywhere", StringComparison.Ordinal)
        );
        Assert.Single(await ExistingAsync());

        Assert.Contains(Path.GetFileName(kept.Path), await sweeper.RemoveKeptAsync(new ProjectRoot(folder.FullName), Cancellation));
        Assert.Empty(await ExistingAsync());
    }

    private async Task<RunFolder> RunAsync(string name, bool kept, Action<Dictionary<string, string>>? change = null)
    {
        var run = new RunFolder(Path.Combine(folder.FullName, "runs", $"{name}-{Guid.NewGuid():N}"));
        Directory.CreateDirectory(run.Secrets);
        HeldFile.TryTake(run.Lock)!.Dispose();
        var labels = RunLabels.Of(run, kept);
        change?.Invoke(labels);
        await File.WriteAllTextAsync(Path.Combine(run.Secrets, "mysql-password"), "a secret of no use", Cancellation);
        var parameters = new NetworksCreateParameters { Name = Path.GetFileName(run.Path), Labels = labels };
        networks.Add((await engine!.Client.Networks.CreateNetworkAsync(parameters, Cancellation)).ID);
        return run;
    }

    private async Task<List<string>> ExistingAsync() =>
        engine is null
            ? []
            :
            [
                .. (await engine.Client.Networks.ListNetworksAsync(new NetworksListParameters(), CancellationToken.None))
                    .Select(network => network.ID)
                    .Intersect(networks),
            ];
}
