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
        var kubectl = folder.File(
            "kubectl",
            "#!/bin/sh\n[ \"$*\" = \"--context production --namespace sportbuff get secret there --output name\" ]\n"
        );
        File.SetUnixFileMode(kubectl, UnixFileMode.UserRead | UnixFileMode.UserExecute);

        Assert.Equal((code, said), await CallAsync(enabled, secrets, $"{folder.Path}:{Environment.GetEnvironmentVariable("PATH")}"));
    }

    [Fact]
    public async Task Every_release_that_may_take_such_a_secret_asks()
    {
        var helmfile = await File.ReadAllTextAsync(Path.Combine(Files.Root, "helmfile.yaml"), TestContext.Current.CancellationToken);

        Assert.All(
            ["artemis", "backup", "server", "gateway"],
            release =>
                Assert.Contains(
                    "require-begun",
                    helmfile.Split("\n  - name: ").Single(part => part.StartsWith($"{release}\n", StringComparison.Ordinal)),
                    StringComparison.Ordinal
                )
        );
    }

    private static async Task<(int Code, string Said)> CallAsync(string enabled, string secrets, string path)
    {
        var start = new ProcessStartInfo(
            Path.Combine(Files.Root, "environments", "hooks", "require-begun"),
            [enabled, secrets, "production", "sportbuff"]
        )
        {
            UseShellExecute = false,
            RedirectStandardError = true,
        };
        start.Environment["PATH"] = path;
        using var process = Process.Start(start)!;
        var said = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, said.Trim());
    }
}
