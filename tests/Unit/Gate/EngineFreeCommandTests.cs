using System.Diagnostics;
using Xunit;

namespace Verification.Tests.Unit.Gate;

/// <summary>The program itself, under a <c>DOCKER_HOST</c> that names no engine.</summary>
public sealed class EngineFreeCommandTests
{
    private const string Ssh = "ssh://ci@build.invalid";

    [Theory]
    [InlineData(Ssh, "--help", 0, "Usage: ./verify COMMAND")]
    [InlineData("tcp://127.0.0.1", "--help", 0, "Usage: ./verify COMMAND")]
    [InlineData("/var/run/docker.sock", "--help", 0, "Usage: ./verify COMMAND")]
    [InlineData(Ssh, "history --last 1", 0, "")]
    [InlineData(Ssh, "judge no-such-run", 2, "there is no run no-such-run")]
    [InlineData(Ssh, "report no-such-run", 2, "there is no run no-such-run")]
    [InlineData(Ssh, "mutants --list", 0, "acknowledge-before-commit")]
    [InlineData(Ssh, "admit --max-age 12", 2, "--max-age 12: '12' is no duration")]
    [InlineData(Ssh, "doctor", 4, "DOCKER_HOST names ssh://ci@build.invalid")]
    [InlineData(Ssh, "sweep", 4, "DOCKER_HOST names ssh://ci@build.invalid")]
    [InlineData("/var/run/docker.sock", "sweep", 4, "write unix:///var/run/docker.sock")]
    public async Task What_needs_no_engine_works_without_one_and_the_rest_ends_with_4(string host, string line, int code, string said)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Verification.Gate"), line.Split(' '))
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DOCKER_HOST"] = host;
        start.Environment.Remove("DOCKER_CONTEXT");
        using var process = Process.Start(start)!;

        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        var all = $"{await output}\n{await errors}";
        Assert.True(process.ExitCode == code, $"ended with {process.ExitCode}: {all}");
        Assert.Contains(said, all.ReplaceLineEndings(" "), StringComparison.Ordinal);
    }
}
