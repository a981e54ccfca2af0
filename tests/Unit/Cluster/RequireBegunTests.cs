using System.Diagnostics;
using Verification.Tests.Unit.Gate;
using Verification.Tests.Unit.Objectives;
using Xunit;

namespace Verification.Tests.Unit.Cluster;

/// <summary>The hook by which Helmfile deploys nothing that would wait for a secret that nobody has made; kubectl knows one of
/// them.</summary>
public sealed class RequireBegunTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("false", "there", 0, "")]
    [InlineData("true", "missing", 0, "")]
    [InlineData("false", "", 0, "")]
    [InlineData(
        "false",
        "there,missing,gone",
        1,
        "require-begun: nothing more is deployed: bootstrap.enabled is false, and the namespace sportbuff has no secret missing gone; make it there beforehand, or put it into bootstrap.file and enable that (docs/secrets.md)"
    )]
    public async Task A_secret_that_no_file_brings_is_there_beforehand_or_nothing_is_deployed(
        string enabled,
        string secrets,
        int code,
        string said
    )
    {
        Kubectl("case $6 in there) echo secret/there ;; esac");

        Assert.Equal((code, said), await CallAsync(enabled, secrets));
    }

    [Fact]
    public async Task A_cluster_that_does_not_answer_has_not_said_that_a_secret_is_missing()
    {
        Kubectl("echo 'The connection to the server was refused' >&2; exit 1");

        Assert.Equal(
            (
                1,
                "The connection to the server was refused\nrequire-begun: nothing more is deployed: bootstrap.enabled is false, and whether the secret there is in the namespace sportbuff kubectl could not tell (above)"
            ),
            await CallAsync("false", "there,missing")
        );
    }

    [Fact]
    public async Task Every_release_that_may_take_such_a_secret_asks()
    {
        var helmfile = await File.ReadAllTextAsync(Path.Combine(Files.Root, "helmfile.yaml"), TestContext.Current.CancellationToken);

        Assert.All(
            ["artemis", "promotion", "haproxy", "backup", "server", "gateway"],
            release =>
                Assert.Contains(
                    "require-begun",
                    helmfile.Split("\n  - name: ").Single(part => part.StartsWith($"{release}\n", StringComparison.Ordinal)),
                    StringComparison.Ordinal
                )
        );
    }

    /// <summary>Makes a kubectl that answers one question, and refuses others.</summary>
    private void Kubectl(string answer)
    {
        const string asked = "--context production --namespace sportbuff get secret";
        var kubectl = folder.File(
            "kubectl",
            $"#!/bin/sh\n[ \"$1 $2 $3 $4 $5 $6 $8 $9 ${{10}}\" = \"{asked} --ignore-not-found --output name\" ] || exit 9\nshift\n{answer}\n"
        );
        File.SetUnixFileMode(kubectl, UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }

    private async Task<(int Code, string Said)> CallAsync(string enabled, string secrets)
    {
        var start = new ProcessStartInfo(
            Path.Combine(Files.Root, "environments", "hooks", "require-begun"),
            [enabled, secrets, "production", "sportbuff"]
        )
        {
            UseShellExecute = false,
            RedirectStandardError = true,
        };
        start.Environment["PATH"] = $"{folder.Path}:{Environment.GetEnvironmentVariable("PATH")}";
        using var process = Process.Start(start)!;
        var said = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, said.Trim());
    }
}
