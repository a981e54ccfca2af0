using Verification.Infrastructure;
using Verification.Infrastructure.Leaks;
using Verification.Infrastructure.Simulator;
using Verification.Infrastructure.Terraform;
using Verification.Objectives;
using Verification.Stack;
using Verification.Tests.Unit.Gate;
using Xunit;

namespace Verification.Tests.Unit.Infrastructure;

/// <summary>What a machine lacks is told in a sentence; where somebody has named it, that is a failure and no reason to skip.</summary>
[Collection(nameof(WholeProcess))]
public sealed class MissingPartsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private RunFolder Run => new(folder.Path);

    [Fact]
    public async Task No_simulator_is_told_with_what_to_set()
    {
        using var none = new SetVariable("AWS_SIMULATOR", string.Empty);
        using var path = new SetVariable("PATH", folder.Path);
        using var tools = new SetVariable("VERIFY_TOOLS", string.Empty);
        var missing = await Assert.ThrowsAsync<SimulatorUnavailableException>(() =>
            AwsSimulator.StartAsync(Run, TestContext.Current.CancellationToken)
        );
        Assert.StartsWith(
            $"AWS_SIMULATOR names no simulator of AWS, and moto_server is in no folder of PATH ({folder.Path}), and VERIFY_TOOLS names no folder: let ./verify tools get it",
            missing.Message,
            StringComparison.Ordinal
        );
        Assert.False(missing.IsNamed);
    }

    [Theory]
    [InlineData("/not/there -H 127.0.0.1")]
    [InlineData("not-there-either")]
    public async Task A_simulator_that_was_named_and_is_not_there_is_told(string command)
    {
        using var named = new SetVariable("AWS_SIMULATOR", command);
        var missing = await Assert.ThrowsAsync<SimulatorUnavailableException>(() =>
            AwsSimulator.StartAsync(Run, TestContext.Current.CancellationToken)
        );
        Assert.Equal(
            $"AWS_SIMULATOR names {command.Split(' ')[0]}, which is not there: set it to a command such as 'moto_server -H 127.0.0.1'",
            missing.Message
        );
        Assert.True(missing.IsNamed);
    }

    [Fact]
    public async Task A_simulator_that_was_named_and_ends_at_once_is_told_with_its_log()
    {
        using var named = new SetVariable("AWS_SIMULATOR", "false");
        var missing = await Assert.ThrowsAsync<SimulatorUnavailableException>(() =>
            AwsSimulator.StartAsync(Run, TestContext.Current.CancellationToken)
        );
        var log = Assert.Single(Directory.EnumerateFiles(Run.Logs, "aws-simulator-*.log"));
        Assert.Equal(
            $"the simulator that AWS_SIMULATOR names (false) does not answer: it has ended. {Path.GetFileName(log)} has what it said",
            missing.Message
        );
        Assert.True(missing.IsNamed);
    }

    [Fact]
    public void No_Terraform_is_told_with_where_it_was_looked_for()
    {
        using var tools = new SetVariable("VERIFY_TOOLS", string.Empty);
        using var path = new SetVariable("PATH", folder.Path);
        var missing = Assert.Throws<TerraformUnavailableException>(() => TerraformProgram.Find(Run, new Uri("http://127.0.0.1:9")));
        Assert.Equal(
            $"there is no terraform in PATH ({folder.Path}), and VERIFY_TOOLS names no folder: let ./verify tools get it, or install Terraform 1.11 or newer (write-only arguments need it)",
            missing.Message
        );
        Assert.False(((MissingPartException)missing).IsNamed);
    }

    [Fact]
    public void No_gitleaks_is_told_with_where_it_was_looked_for()
    {
        using var tools = new SetVariable("VERIFY_TOOLS", folder.Path);
        using var path = new SetVariable("PATH", folder.Path);
        var missing = Assert.Throws<LeaksUnknownException>(() => Gitleaks.Find(Run, ProjectRoot.Find()));
        Assert.Equal(
            $"there is no gitleaks in VERIFY_TOOLS ({folder.Path}) and PATH ({folder.Path}): let ./verify tools get it, or name a folder that has it in VERIFY_TOOLS",
            missing.Message
        );
        Assert.True(missing.IsNamed);
    }

    [Theory]
    [InlineData("Error: Failed to query available provider packages", null, false)]
    [InlineData("Error: Failed to query available provider packages", "-plugin-dir=/not/there", true)]
    public async Task No_provider_is_told_with_where_it_may_come_from(string said, string? options, bool named)
    {
        using var init = new SetVariable("TF_CLI_ARGS_init", options ?? string.Empty);
        var missing = await Assert.ThrowsAsync<TerraformUnavailableException>(() => InitAsync(said));
        Assert.StartsWith(
            $"the provider of {Path.GetFileName(folder.Path)} can't be had: {said} Let its registry be reached, or name a folder of providers",
            missing.Message,
            StringComparison.Ordinal
        );
        Assert.Equal(named, missing.IsNamed);
    }

    [Fact]
    public async Task A_Terraform_that_is_too_old_is_told() =>
        Assert.StartsWith(
            "this machine's terraform is not of a version that ",
            (await Assert.ThrowsAsync<TerraformUnavailableException>(() => InitAsync("Error: Unsupported Terraform Core version"))).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public async Task Files_that_Terraform_can_not_use_are_no_missing_part() =>
        Assert.EndsWith(
            ": Error: Unsupported block type",
            (await Assert.ThrowsAsync<TerraformRefusedException>(() => InitAsync("│ Error: Unsupported block type"))).Message,
            StringComparison.Ordinal
        );

    public void Dispose() => folder.Dispose();

    /// <summary>By a program in Terraform's place that says something and fails.</summary>
    private Task InitAsync(string said)
    {
        var program = folder.File("terraform", $"#!/bin/sh\necho '{said}' >&2\nexit 1\n");
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        return new TerraformFolder(new TerraformProgram(program, Run, new Dictionary<string, string?>()), folder.Path).InitAsync(
            TestContext.Current.CancellationToken
        );
    }
}
