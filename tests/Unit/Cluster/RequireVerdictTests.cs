using System.Diagnostics;
using Verification.Tests.Unit.Gate;
using Verification.Tests.Unit.Objectives;
using Xunit;

namespace Verification.Tests.Unit.Cluster;

/// <summary>The hook by which Helmfile deploys nothing that no verdict admits, with a program that notes how it is called.</summary>
public sealed class RequireVerdictTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("sync", "", 0, "admit --deployed FILE --environment production --require release")]
    [InlineData("apply", "verdicts.pub", 0, "admit --deployed FILE --environment production --require release --key verdicts.pub")]
    [InlineData("sync", "verdicts.pub", 1, "admit --deployed FILE --environment production --require release --key verdicts.pub")]
    [InlineData("sync", "verdicts.pub", 3, "admit --deployed FILE --environment production --require release --key verdicts.pub")]
    [InlineData("template", "verdicts.pub", 0, "")]
    public async Task What_is_deployed_is_held_against_a_verdict_signed_by_the_key_of_the_environment(string command, string key, int code, string called) =>
        Assert.Equal((code, called), await CallAsync("release", command, key, code));

    [Fact]
    public async Task An_environment_that_requires_none_is_asked_for_none() => Assert.Equal((0, ""), await CallAsync("none", "sync", "verdicts.pub", code: 1));

    private async Task<(int Code, string Called)> CallAsync(string profile, string command, string key, int code)
    {
        var calls = Path.Combine(folder.Path, "calls");
        var judge = folder.File("judge", $"#!/bin/sh\ngrep -q 'server' \"$3\" || exit 9\necho \"$*\" | sed \"s|$3|FILE|\" > {calls}\nexit {code}\n");
        File.SetUnixFileMode(judge, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var start = new ProcessStartInfo(
            Path.Combine(Files.Root, "environments", "hooks", "require-verdict"), [profile, command, "production", """{"server":"r/server@sha256:00"}""", key]) { UseShellExecute = false, RedirectStandardError = true };
        start.Environment["JUDGE"] = judge;
        using var process = Process.Start(start)!;
        await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, File.Exists(calls) ? (await File.ReadAllTextAsync(calls, TestContext.Current.CancellationToken)).Trim() : string.Empty);
    }
}
