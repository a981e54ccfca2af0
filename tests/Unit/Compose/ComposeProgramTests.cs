using System.Diagnostics;
using CliWrap;
using CliWrap.Buffered;
using Verification.Stack;
using Verification.Stack.Images;
using Verification.Testing;
using Xunit;

namespace Verification.Tests.Unit.Compose;

/// <summary><c>compose.yaml</c> as docker-compose itself reads it, where this machine has that. No container is started.</summary>
public sealed class ComposeProgramTests
{
    private static readonly string[] Services =
    [
        "activemq",
        "dashboard",
        "mysql",
        "redis-cluster-init",
        "redis-node-0",
        "redis-node-1",
        "redis-node-2",
        "redis-node-3",
        "redis-node-4",
        "redis-node-5",
        "secrets",
        "server",
    ];

    /// <summary>Every variable has its value by then, and every key is one that it knows.</summary>
    [Fact]
    public async Task It_reads_the_whole_file_and_finds_each_service()
    {
        var (compose, before) = await FindAsync();

        var whole = await RunAsync(compose, [.. before, "config"]);
        var services = await RunAsync(compose, [.. before, "config", "--services"]);

        Assert.True(whole.IsSuccess, whole.StandardError);
        Assert.Equal(
            Services,
            services
                .StandardOutput.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Order(StringComparer.Ordinal)
        );
    }

    /// <summary>The program, or the plugin of docker of the same name.</summary>
    private static async Task<(string Program, IReadOnlyList<string> Before)> FindAsync()
    {
        if (ProgramPlaces.Of("docker-compose") is [var compose, ..])
            return (compose, []);
        if (ProgramPlaces.Of("docker") is [var docker, ..] && (await RunAsync(docker, ["compose", "version"])).IsSuccess)
            return (docker, ["compose"]);
        Lack.Of("neither docker-compose nor docker's plugin of that name is on PATH", isAllowed: true);
        throw new UnreachableException();
    }

    private static async Task<BufferedCommandResult> RunAsync(string program, IReadOnlyList<string> arguments) =>
        await Cli.Wrap(program)
            .WithArguments(arguments)
            .WithWorkingDirectory(ProjectRoot.Find().Path)
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync(TestContext.Current.CancellationToken);
}
