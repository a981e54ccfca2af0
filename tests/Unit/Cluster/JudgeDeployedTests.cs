using System.Diagnostics;
using Verification.Cluster.Helmfiles;
using Verification.Tests.Unit.Gate;
using Verification.Tests.Unit.Objectives;
using Xunit;

namespace Verification.Tests.Unit.Cluster;

/// <summary>The hook by which Helmfile has judged what it has deployed, with a helm that has a history of each service, and a program that
/// notes how it is called.</summary>
public sealed class JudgeDeployedTests : IDisposable
{
    private const string Fail = "fail";
    private const string Pass = "pass";
    private const string Gateway = "https://api.sportbuff.example";
    private readonly TemporaryFolder folder = new();
    private string? token;

    public JudgeDeployedTests()
    {
        Program(
            "helm",
            """
            case $1 in
              history) cat "$0-$2" 2>&1 || { echo 'Error: release: not found' >&2; exit 1; } ;;
              *) echo "helm $*" >>"$0-calls" ;;
            esac
            """
        );
        Program(
            "judge",
            """
            echo "$1" >>"$0-calls"
            echo "$*" >>"$0-arguments"
            [ "$1" = gate ] || exit 0
            while [ "$1" != --output ]; do shift; done
            [ -f "$0-verdict" ] && mkdir -p "$2" && cp "$0-verdict" "$2/verdict.json"
            exit "$(cat "$0-code")"
            """
        );
        Judges(code: 0, Pass);
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Of_a_failed_Dashboard_that_was_deployed_alone_the_Server_stays()
    {
        await DeployAsync("dashboard", ["superseded", "deployed"]);
        Judges(code: 1, Fail);

        Assert.Equal(1, (await CallAsync("cleanup")).Code);
        Assert.Equal([Rollback("dashboard", 2)], Rollbacks);
    }

    [Fact]
    public async Task A_Server_that_was_deployed_alone_is_judged_too()
    {
        await DeployAsync("server", ["deployed"]);
        Judges(code: 1, Fail);

        Assert.Equal(1, (await CallAsync("cleanup")).Code);
        Assert.Equal([Rollback("server", 1)], Rollbacks);
    }

    [Fact]
    public async Task Of_both_it_is_judged_once_and_both_go_back()
    {
        await DeployAsync("server", ["superseded", "superseded", "deployed"]);
        await DeployAsync("dashboard", ["deployed"]);
        Judges(code: 1, Fail);

        Assert.Equal(1, (await CallAsync("cleanup")).Code);
        Assert.Equal((0, ""), await CallAsync("cleanup"));
        Assert.Equal([Rollback("dashboard", 1), Rollback("server", 3)], Rollbacks);
        Assert.Equal(["attach", "gate"], Judged);
    }

    /// <summary>A waiver of the environment holds for what is deployed there, and the way in is judged with the rest.</summary>
    [Theory]
    [InlineData("", null, "attach --context production --namespace sportbuff --output")]
    [InlineData(Gateway, null, $"attach --context production --namespace sportbuff --gateway {Gateway} --output")]
    [InlineData("", "eyJhbGci", "attach --context production --namespace sportbuff --output")]
    [InlineData(
        Gateway,
        "eyJhbGci",
        $"attach --context production --namespace sportbuff --gateway {Gateway} --gateway-token env:GATEWAY_TOKEN --output"
    )]
    public async Task It_is_judged_by_the_waivers_and_the_way_in_of_its_environment(string gateway, string? token, string attached)
    {
        History("server", ["deployed"]);
        await NoteAsync("server", gateway: gateway);
        this.token = token;

        Assert.Equal((0, ""), await CallAsync("cleanup"));
        Assert.Collection(
            Lines("judge-arguments"),
            attach => Assert.StartsWith(attached, attach, StringComparison.Ordinal),
            gate => Assert.Contains(" --environment staging ", gate, StringComparison.Ordinal)
        );
        Assert.DoesNotContain("eyJhbGci", string.Concat(Lines("judge-arguments")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_revision_between_that_never_ran_well_is_none_to_go_back_to()
    {
        await DeployAsync("server", ["superseded", "deployed", "failed"]);
        Judges(code: 1, Fail);

        await CallAsync("cleanup");

        Assert.Equal([Rollback("server", 2)], Rollbacks);
    }

    /// <summary>Helm has taken it back by then: what is judged is what ran before.</summary>
    [Fact]
    public async Task One_that_did_not_get_ready_has_gone_back_by_itself_and_nothing_more_is_done()
    {
        History("server", ["deployed"]);
        await NoteAsync("server");
        History("server", ["superseded", "failed", "deployed"]);

        Assert.Equal((0, ""), await CallAsync("cleanup"));
        Assert.Equal(["attach", "gate"], Judged);
        Assert.Empty(Rollbacks);
    }

    /// <summary>Which the deployment has Helm do.</summary>
    [Theory]
    [InlineData("server")]
    [InlineData("dashboard")]
    public async Task Helm_takes_back_a_service_that_does_not_get_ready(string service)
    {
        var helmfile = await File.ReadAllTextAsync(Path.Combine(Files.Root, "helmfile.yaml"), TestContext.Current.CancellationToken);
        var release = helmfile.Split("\n  - name: ").Single(part => part.StartsWith(service + "\n", StringComparison.Ordinal));

        Assert.Contains("\n    rollbackOnFailure: true\n", release, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData]
    [InlineData("failed")]
    public async Task Of_a_first_deployment_nothing_goes_back_and_it_is_said(params string[] before)
    {
        await DeployAsync("server", before);
        Judges(code: 1, Fail);

        var (code, said) = await CallAsync("cleanup");

        Assert.Equal(1, code);
        Assert.Contains(
            "server runs on as it is: it was not deployed before, so there is nothing to go back to",
            said,
            StringComparison.Ordinal
        );
        Assert.Empty(Rollbacks);
    }

    [Fact]
    public async Task What_was_refused_before_it_changed_anything_stays_as_it_is()
    {
        History("server", ["superseded", "deployed"]);
        await NoteAsync("server");
        Judges(code: 1, Fail);

        Assert.Contains("server is still revision 2", (await CallAsync("cleanup")).Said, StringComparison.Ordinal);
        Assert.Empty(Rollbacks);
    }

    /// <summary>A single objective may have failed where the verdict has not.</summary>
    [Theory]
    [InlineData(1, null)]
    [InlineData(1, Pass)]
    [InlineData(3, "unknown")]
    [InlineData(4, null)]
    public async Task Whatever_is_no_verdict_of_FAIL_takes_nothing_back_and_fails(int code, string? verdict)
    {
        await DeployAsync("server", ["deployed"]);
        Judges(code, verdict);

        var (ended, said) = await CallAsync("cleanup");

        Assert.Equal(code, ended);
        Assert.Contains($"there is no verdict (exit code {code})", said, StringComparison.Ordinal);
        Assert.Empty(Rollbacks);
    }

    [Fact]
    public async Task What_passes_stays()
    {
        await DeployAsync("server", ["deployed"]);

        Assert.Equal((0, ""), await CallAsync("cleanup"));
        Assert.Empty(Rollbacks);
    }

    [Fact]
    public async Task Nobody_judges_where_the_environment_does_not_say_so_or_nothing_was_deployed()
    {
        await NoteAsync("server", enabled: "false");

        Assert.Equal((0, ""), await CallAsync("cleanup"));
        Assert.Empty(Judged);
    }

    [Fact]
    public async Task What_another_run_has_noted_counts_no_more()
    {
        await DeployAsync("server", ["deployed"]);
        await CallAsync("prepare");

        Assert.Equal((0, ""), await CallAsync("cleanup"));
        Assert.Empty(Judged);
    }

    [Fact]
    public async Task Nothing_is_deployed_of_which_nobody_knows_what_runs()
    {
        Program("helm", "echo 'Error: Kubernetes cluster unreachable' >&2; exit 1");

        var (code, said) = await NoteAsync("server");

        Assert.Equal(1, code);
        Assert.Contains("Error: Kubernetes cluster unreachable", said, StringComparison.Ordinal);
    }

    /// <summary>Which releases are there before is JudgeOrderTests'.</summary>
    [Fact]
    public void Helmfile_asks_before_each_service_and_at_both_ends()
    {
        var helmfile = HelmfileDocument.Read(Path.Combine(Files.Root, "helmfile.yaml"));

        Assert.Equal(["prepare", "cleanup"], EventsOf(helmfile.Hooks));
        Assert.Equal(
            ["server: presync", "dashboard: presync"],
            helmfile.Releases.SelectMany(release => EventsOf(release.Hooks).Select(when => $"{release.Name}: {when}"))
        );

        static IEnumerable<string> EventsOf(IEnumerable<HelmfileHook> hooks) =>
            hooks.Where(hook => hook.Command == "./environments/hooks/judge-deployed").SelectMany(hook => hook.Events);
    }

    private static string Rollback(string service, int revision) =>
        $"helm rollback {service} {revision} --kube-context production --namespace sportbuff --wait --timeout 120s";

    private IReadOnlyList<string> Rollbacks => Lines("helm-calls");

    private IReadOnlyList<string> Judged => Lines("judge-calls");

    private string[] Lines(string name) => Path.Combine(folder.Path, name) is var file && File.Exists(file) ? File.ReadAllLines(file) : [];

    private void Judges(int code, string? verdict)
    {
        folder.File("judge-code", $"{code}");
        if (verdict is null)
            File.Delete(Path.Combine(folder.Path, "judge-verdict"));
        else
            folder.File(
                "judge-verdict",
                File.ReadAllText(Files.Golden("verdict.json"))
                    .Replace("\n  \"verdict\": \"pass\"", $"\n  \"verdict\": \"{verdict}\"", StringComparison.Ordinal)
            );
    }

    /// <summary>Notes what runs, and has it followed by one more revision.</summary>
    private async Task DeployAsync(string service, string[] before)
    {
        if (before.Length > 0)
            History(service, before);
        Assert.Equal((0, ""), await NoteAsync(service));
        History(service, [.. before.Select(status => status == "deployed" ? "superseded" : status), "deployed"]);
    }

    private Task<(int Code, string Said)> NoteAsync(string service, string enabled = "true", string gateway = "") =>
        CallAsync("presync", enabled, service, "production", "sportbuff", "staging", gateway);

    /// <summary>As helm writes it.</summary>
    private void History(string service, string[] statuses) =>
        folder.File(
            $"helm-{service}",
            string.Concat(
                statuses.Select(
                    (status, index) =>
                        $"- app_version: \"1\"\n  chart: service-1\n  description: Upgrade complete\n  revision: {index + 1}\n  status: {status}\n  updated: \"2026-11-28T12:00:00Z\"\n"
                )
            )
        );

    private void Program(string name, string script)
    {
        var path = Path.Combine(folder.Path, name);
        File.Delete(path);
        folder.File(name, $"#!/bin/sh\n{script}\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }

    private async Task<(int Code, string Said)> CallAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(Files.Root, "environments", "hooks", "judge-deployed"), arguments)
        {
            UseShellExecute = false,
            RedirectStandardError = true,
        };
        start.Environment["PATH"] = $"{folder.Path}:{Environment.GetEnvironmentVariable("PATH")}";
        start.Environment["VERIFY_TOOLS"] = null;
        start.Environment["TMPDIR"] = folder.Path;
        start.Environment["JUDGE"] = Path.Combine(folder.Path, "judge");
        start.Environment["GATEWAY_TOKEN"] = token;
        using var process = Process.Start(start)!;
        var said = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, said.Trim());
    }
}
