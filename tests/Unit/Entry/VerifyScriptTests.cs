using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Verification.Stack.Images.Services;
using Verification.Tests.Unit.Objectives;
using Xunit;

namespace Verification.Tests.Unit.Entry;

public sealed partial class VerifyScriptTests : IDisposable
{
    private static readonly string[] Sources = ["src", "tests", "services", "benchmarks"];
    private readonly StubSdk sdk = new();

    public void Dispose() => sdk.Dispose();

    [Fact]
    public async Task A_build_takes_no_variable_of_the_environment_for_a_property()
    {
        var foreign = new[]
        {
            "VERSION",
            "CONFIGURATION",
            "PLATFORM",
            "OUTPUTPATH",
            "TARGETFRAMEWORK",
            "RuntimeIdentifier",
            "BaseIntermediateOutputPath",
            "MSBuildSDKsPath",
            "AssemblyName",
        };

        var (code, output, error) = await sdk.RunAsync(
            ["history"],
            [
                .. foreign.Select(name => (name, "v1.4.0")),
                ("http_proxy", "http://127.0.0.1:9"),
                ("NUGET_PACKAGES", "/packages"),
                ("POSIXLY_CORRECT", "1"),
                ("CDPATH", "/tmp"),
            ]
        );

        Assert.True(code == 0, error);
        Assert.Contains("reached history", output, StringComparison.Ordinal);
        Assert.All(
            foreign,
            name => Assert.DoesNotContain(sdk.BuildEnvironment!, line => line.StartsWith($"{name}=", StringComparison.Ordinal))
        );
        Assert.Contains("http_proxy=http://127.0.0.1:9", sdk.BuildEnvironment!);
        Assert.Contains("NUGET_PACKAGES=/packages", sdk.BuildEnvironment!);
        Assert.Contains($"HOME={sdk.Home}", sdk.BuildEnvironment!);
    }

    /// <summary>A runtime that is killed leaves three files of its debugger behind.</summary>
    [Theory]
    [InlineData(null, "0")]
    [InlineData("1", "1")]
    public async Task No_runtime_listens_for_a_debugger_unless_somebody_wants_one(string? set, string wanted)
    {
        await sdk.RunAsync(["history"], set is null ? [] : [("DOTNET_EnableDiagnostics", set)]);

        Assert.Contains($"DOTNET_EnableDiagnostics={wanted}", sdk.BuildEnvironment!);
    }

    [Fact]
    public async Task A_build_is_of_the_configuration_that_is_run_and_asks_no_feed_for_advisories()
    {
        await sdk.RunAsync(["history"], ("CONFIGURATION", "Release"));

        Assert.Contains("-c Debug", string.Join(' ', sdk.BuildArguments!), StringComparison.Ordinal);
        Assert.Contains("-p:NuGetAudit=false", sdk.BuildArguments!);
    }

    [Fact]
    public async Task What_is_built_is_not_built_again()
    {
        await sdk.RunAsync(["history"]);
        sdk.ForgetBuild();

        var (code, _, _) = await sdk.RunAsync(["history"]);

        Assert.Equal(0, code);
        Assert.Null(sdk.BuildArguments);
    }

    [Theory]
    [InlineData("src/Verification.Gate/Reporting/report.css", true)]
    [InlineData("tests/Unit/Gate/fixtures/run/evidence.jsonl", true)]
    [InlineData("services/Server/page.html", true)]
    [InlineData("schemas/run.schema.json", true)]
    [InlineData("Directory.Packages.props", true)]
    [InlineData("src/Verification.Gate/obj/made.cs", false)]
    [InlineData("runs/20261124-083015-4f2a/run.json", false)]
    [InlineData("gates.yaml", false)]
    [InlineData("docs/ci.md", false)]
    public async Task It_is_built_again_after_a_change_of_whatever_a_build_reads_and_of_nothing_else(string file, bool again)
    {
        sdk.CheckoutFile(file, "before");
        await sdk.RunAsync(["history"]);
        sdk.ForgetBuild();
        sdk.CheckoutFile(file, "after, and longer");

        Assert.Equal(0, (await sdk.RunAsync(["history"])).Code);

        Assert.Equal(again, sdk.BuildArguments is not null);
    }

    /// <summary>What a project takes from elsewhere in the checkout would be overlooked.</summary>
    [Fact]
    public void No_project_reads_a_folder_that_the_script_does_not_look_at()
    {
        var script = File.ReadAllText(Path.Combine(Files.Root, "verify"));
        var folders = Sources
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Files.Root, folder), "*.csproj", SearchOption.AllDirectories))
            .SelectMany(project =>
                Included()
                    .Matches(File.ReadAllText(project))
                    .Select(match => match.Groups["path"].Value.Replace("$(RepositoryRoot)", $"{Files.Root}/", StringComparison.Ordinal))
                    .Select(path => Path.GetRelativePath(Files.Root, Path.Combine(Path.GetDirectoryName(project)!, path)).Split('/')[0])
            )
            .Distinct()
            .ToList();

        Assert.Contains("schemas", folders);
        Assert.All(folders, folder => Assert.Contains($"-path './{folder}/*'", script, StringComparison.Ordinal));
    }

    /// <summary>1 is FAIL, by contract: a script that breaks says 4, and why.</summary>
    [Theory]
    [InlineData("history")]
    [InlineData("gate")]
    [InlineData("admit")]
    public async Task A_script_that_cannot_go_on_says_so_and_gives_no_verdict(string command)
    {
        await using var engine = await StubEngine.OnPortAsync();
        var output = Path.GetDirectoryName(sdk.HomeFile("out/verdict.json", "PASS"))!;

        var (code, said, error) = await sdk.RunAsync(
            [command, "--output", output],
            ("DOCKER_HOST", engine.Address),
            ("PATH", $"{sdk.Failing("find")}:{Environment.GetEnvironmentVariable("PATH")}")
        );

        Assert.Equal(4, code);
        Assert.DoesNotContain("reached", said, StringComparison.Ordinal);
        Assert.Contains("find: of no use", error, StringComparison.Ordinal);
        Assert.Contains("failed, and this could not go on", error, StringComparison.Ordinal);
        Assert.Equal(command == "gate", File.Exists(Path.Combine(output, "verdict-missing.txt")));
    }

    [Fact]
    public async Task A_stamp_that_cannot_be_written_is_told()
    {
        // A folder in its place: root, too, can't write it.
        Directory.CreateDirectory(Path.Combine(sdk.Checkout, "src/Verification.Gate/bin/built"));

        var (code, _, error) = await sdk.RunAsync(["judge"]);

        Assert.Equal(4, code);
        Assert.Contains("failed, and this could not go on", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_build_that_fails_is_wrong_use_as_ever()
    {
        var (code, _, error) = await sdk.RunAsync(
            ["judge"],
            ("PATH", $"{sdk.Failing("env")}:{Environment.GetEnvironmentVariable("PATH")}")
        );

        Assert.Equal(2, code);
        Assert.Contains("the build failed; all of it: ", error, StringComparison.Ordinal);
        Assert.DoesNotContain("could not go on", error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_script_and_the_publisher_let_the_same_names_pass()
    {
        var script = File.ReadAllText(Path.Combine(Files.Root, "verify"));

        Assert.Equal(
            BuildEnvironment.Passed,
            Regex.Match(script, "^passed='(?<names>.*)'$", RegexOptions.Multiline, TimeSpan.FromSeconds(1)).Groups["names"].Value
        );
    }

    [Fact]
    public async Task A_checkout_that_is_not_built_and_takes_no_file_is_named()
    {
        // A file where the folder would be: root, too, can write nothing there.
        Directory.CreateDirectory(Path.Combine(sdk.Checkout, "src/Verification.Gate"));
        await File.WriteAllTextAsync(Path.Combine(sdk.Checkout, "src/Verification.Gate/bin"), "", TestContext.Current.CancellationToken);

        var (code, _, error) = await sdk.RunAsync(["history"]);

        Assert.Equal(4, code);
        Assert.Contains("takes no file", error, StringComparison.Ordinal);
        Assert.Contains(sdk.Checkout, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_for_temporary_files_that_is_missing_is_named()
    {
        var (code, _, error) = await sdk.RunAsync(["gate"], ("TMPDIR", "/none/tmp"));

        Assert.Equal(4, code);
        Assert.Contains("/none/tmp", error, StringComparison.Ordinal);
        Assert.Contains("Set TMPDIR", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_engine_on_loopback_is_not_asked_through_a_proxy()
    {
        await using var engine = await StubEngine.OnPortAsync();

        var (code, output, error) = await sdk.RunAsync(
            ["gate"],
            ("DOCKER_HOST", engine.Address),
            ("http_proxy", "http://127.0.0.1:9"),
            ("HTTP_PROXY", "http://127.0.0.1:9")
        );

        Assert.True(code == 0, error);
        Assert.Contains("reached gate", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ssh://ci@build.invalid")]
    [InlineData("/var/run/docker.sock")]
    public async Task An_address_that_cannot_be_used_is_named_with_those_that_can(string address)
    {
        var (code, _, error) = await sdk.RunAsync(["gate"], ("DOCKER_HOST", address));

        Assert.Equal(4, code);
        Assert.Contains(address, error, StringComparison.Ordinal);
        Assert.Contains("unix:///", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_current_context_of_the_docker_client_is_followed()
    {
        await using var engine = await StubEngine.OnSocketAsync(Path.Combine(sdk.Home, "engine.sock"));
        Context("ci", engine.Address);
        sdk.HomeFile(".docker/config.json", "{\n  \"auths\": {},\n  \"currentContext\": \"ci\"\n}");

        var (code, output, error) = await sdk.RunAsync(["gate"]);

        Assert.True(code == 0, error);
        Assert.Contains($"engine {engine.Address}", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_context_of_the_environment_wins_and_one_that_is_not_there_is_named()
    {
        sdk.HomeFile(".docker/config.json", "{\"currentContext\":\"ci\"}");

        var (code, _, error) = await sdk.RunAsync(["gate"], ("DOCKER_CONTEXT", "other"));

        Assert.Equal(4, code);
        Assert.Contains("DOCKER_CONTEXT names the docker context other", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_context_whose_engine_does_not_answer_is_not_passed_over()
    {
        Context("ci", "tcp://127.0.0.1:9");

        var (code, _, error) = await sdk.RunAsync(["gate"], ("DOCKER_CONTEXT", "ci"));

        Assert.Equal(4, code);
        Assert.Contains("tcp://127.0.0.1:9, and no engine answers there", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_context_that_has_certificates_is_told_and_not_tried()
    {
        Context("ci", "tcp://127.0.0.1:2376");
        sdk.HomeFile($".docker/contexts/tls/{IdOf("ci")}/docker/ca.pem", "");

        var (code, _, error) = await sdk.RunAsync(["gate"], ("DOCKER_CONTEXT", "ci"));

        Assert.Equal(4, code);
        Assert.Contains("the docker context ci (named by DOCKER_CONTEXT) has certificates of its own", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gate", "1", "DOCKER_TLS_VERIFY is set, and DOCKER_HOST is tcp://127.0.0.1: certificates are not taken")]
    [InlineData("gate", "", "DOCKER_HOST is tcp://127.0.0.1, and no engine answers there")]
    [InlineData("chaos", "", "DOCKER_HOST is tcp://127.0.0.1, and no engine answers there")]
    [InlineData("publish", "", "DOCKER_HOST is tcp://127.0.0.1, and no engine answers there")]
    public async Task An_address_is_tried_as_the_docker_client_would_by_whatever_needs_an_engine(string command, string tls, string said)
    {
        var (code, _, error) = await sdk.RunAsync([command], ("DOCKER_HOST", "tcp://127.0.0.1"), ("DOCKER_TLS_VERIFY", tls));

        Assert.Equal(4, code);
        Assert.Contains(said, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--output", "")]
    [InlineData("--output=", "")]
    [InlineData("--output", "--profile pr")]
    public async Task A_gate_that_does_not_come_to_the_CLI_publishes_why_and_nothing_of_an_earlier_one(string option, string further)
    {
        var output = Path.GetDirectoryName(sdk.HomeFile("out/verdict.json", "PASS"))!;
        sdk.HomeFile("out/integration.trx", "");
        sdk.HomeFile("out/foreign.trx", "");
        sdk.HomeFile("out/.verification-files", "verdict.json\nintegration.trx\n../kept.txt\n");
        var kept = sdk.HomeFile("kept.txt", "");
        string[] named = option.EndsWith('=') ? [$"{option}{output}"] : [option, output];

        var (code, _, error) = await sdk.RunAsync(
            ["gate", .. named, .. further.Split(' ', StringSplitOptions.RemoveEmptyEntries)],
            ("DOCKER_HOST", "ssh://ci@build.invalid")
        );

        Assert.Equal(4, code);
        Assert.Equal(
            ["foreign.trx", "summary.md", "verdict-missing.txt"],
            Directory.EnumerateFiles(output).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)
        );
        var why = await File.ReadAllTextAsync(Path.Combine(output, "verdict-missing.txt"), TestContext.Current.CancellationToken);
        Assert.Equal($"There is no verdict. {error.Trim()["verify: ".Length..]}\nExit code 4.\n", why);
        Assert.True(File.Exists(kept));
    }

    [Fact]
    public async Task A_gate_that_comes_to_the_CLI_leaves_its_folder_to_that()
    {
        await using var engine = await StubEngine.OnPortAsync();
        var verdict = sdk.HomeFile("out/verdict.json", "PASS");

        Assert.Equal(0, (await sdk.RunAsync(["gate", "--output", Path.GetDirectoryName(verdict)!], ("DOCKER_HOST", engine.Address))).Code);

        Assert.True(File.Exists(verdict));
    }

    [Theory]
    [InlineData("judge")]
    [InlineData("up")]
    public async Task Another_command_touches_no_folder_of_reports(string command)
    {
        var verdict = sdk.HomeFile("out/verdict.json", "PASS");

        await sdk.RunAsync([command, "--output", Path.GetDirectoryName(verdict)!], ("DOCKER_HOST", "ssh://ci@build.invalid"));

        Assert.True(File.Exists(verdict));
    }

    private static string IdOf(string context) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(context)));

    private void Context(string name, string host) =>
        sdk.HomeFile(
            $".docker/contexts/meta/{IdOf(name)}/meta.json",
            """{"Name":"NAME","Metadata":{},"Endpoints":{"docker":{"Host":"HOST","SkipTLSVerify":false}}}"""
                .Replace("NAME", name, StringComparison.Ordinal)
                .Replace("HOST", host, StringComparison.Ordinal)
        );

    [GeneratedRegex(
        @"<(EmbeddedResource|None|Content|Compile|AdditionalFiles)\s[^>]*Include=""(?<path>[^""*]*)",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking
    )]
    private static partial Regex Included();
}
