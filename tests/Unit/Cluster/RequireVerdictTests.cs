using System.Diagnostics;
using Verification.Stack.Components;
using Verification.Tests.Unit.Gate;
using Verification.Tests.Unit.Objectives;
using Xunit;
using YamlDotNet.RepresentationModel;

namespace Verification.Tests.Unit.Cluster;

/// <summary>The hook by which Helmfile deploys nothing that no verdict admits, with a program that notes how it is called.</summary>
public sealed class RequireVerdictTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private string said = "";

    public void Dispose() => folder.Dispose();

    private const string Admit = "admit --deployed FILE --environment production --require release";
    private const string Place = " --history --context production --namespace sportbuff";

    [Theory]
    [InlineData("none", "production", 0, Admit + Place)]
    [InlineData("verdicts.pub", "production", 0, Admit + " --key verdicts.pub" + Place)]
    [InlineData("verdicts.pub", "production", 1, Admit + " --key verdicts.pub" + Place)]
    [InlineData("verdicts.pub", "production", 3, Admit + " --key verdicts.pub" + Place)]
    [InlineData("none", "", 0, Admit + " --history --context current --namespace sportbuff")]
    public async Task What_is_deployed_is_held_against_a_verdict_signed_by_the_key_of_the_environment_and_recorded_in_its_cluster(
        string key,
        string context,
        int code,
        string called
    ) => Assert.Equal((code, called), await CallAsync("release", key, context, code));

    [Theory]
    [InlineData("pr")]
    [InlineData("release")]
    public async Task Without_a_key_nothing_is_asked_and_nothing_is_deployed(string profile) =>
        Assert.Equal((2, ""), await CallAsync(profile, "", "production", code: 0));

    [Theory]
    [InlineData("true", " --enforced")]
    [InlineData("false", "")]
    public async Task Where_the_cluster_is_to_demand_verdicts_itself_it_is_looked_whether_it_does(string enforced, string asked) =>
        Assert.Equal((0, Admit + Place + asked), await CallAsync("release", "none", "production", code: 0, enforced: enforced));

    [Fact]
    public async Task An_override_is_handed_on_with_its_reason() =>
        Assert.Equal(
            (0, Admit + Place + " --override the registry is down"),
            await CallAsync("release", "", "production", code: 0, reason: "the registry is down")
        );

    [Fact]
    public async Task An_environment_that_requires_none_is_asked_for_none()
    {
        Assert.Equal((0, ""), await CallAsync("none", "verdicts.pub", "production", code: 1));
        Assert.Equal((0, ""), await CallAsync("none", "", "production", code: 1));
    }

    /// <summary>Who names a key as it is said deploys by it.</summary>
    [Fact]
    public async Task The_refusal_says_how_a_key_is_made_and_named()
    {
        await CallAsync("release", "", "production", code: 0);

        Assert.Contains(
            "verdict: {require: release, key: verdicts.pub} in environments/production/values.yaml",
            said,
            StringComparison.Ordinal
        );
        Assert.Contains("openssl ecparam -name prime256v1 -genkey -noout -out verdicts.pem", said, StringComparison.Ordinal);
        Assert.Contains("-pubout -out verdicts.pub", said, StringComparison.Ordinal);
        Assert.Contains("VERIFY_SIGNING_KEY=verdicts.pem", said, StringComparison.Ordinal);
    }

    /// <summary>As they are handed out: the key is a team's own.</summary>
    [Theory]
    [InlineData("managed")]
    [InlineData("production")]
    [InlineData("staging")]
    public void No_environment_of_this_repository_takes_unsigned_verdicts(string environment) =>
        Assert.Matches(
            "(?m)^verdict: \\{require: (nightly|release), key: (?!none)",
            File.ReadAllText(Path.Combine(Files.Root, "environments", environment, "values.yaml"))
        );

    /// <summary>Whichever releases are selected, none with an image that a verdict binds is deployed unasked. What only <c>local</c> has,
    /// which asks for no verdict, need not ask.</summary>
    [Fact]
    public void Every_release_that_has_an_image_asks_before_it_is_deployed()
    {
        var yaml = new YamlStream();
        using (var text = File.OpenText(Path.Combine(Files.Root, "helmfile.yaml")))
            yaml.Load(text);
        var releases = ((YamlSequenceNode)yaml.Documents[^1].RootNode["releases"])
            .Cast<YamlMappingNode>()
            .Where(release => HasImage(release) && !IsLocal(release))
            .ToList();

        Assert.Equal(
            [
                "artemis",
                "backup",
                "dashboard",
                "exporters",
                "haproxy",
                "logging",
                "mysql",
                "promotion",
                "redis-cluster",
                "schema",
                "server",
            ],
            releases.Select(release => Text(release, "name")).Order(StringComparer.Ordinal)
        );
        Assert.All(
            releases,
            release =>
                Assert.Contains(
                    (YamlSequenceNode)release["hooks"],
                    hook =>
                        Text((YamlMappingNode)hook, "command") == "./environments/hooks/require-verdict"
                        && ((YamlSequenceNode)hook["events"]).Single().ToString() == "presync"
                )
        );

        static string Text(YamlMappingNode node, string key) =>
            node.Children.TryGetValue(key, out var value) ? value.ToString() : string.Empty;
        static bool IsLocal(YamlMappingNode release) => Text(release, "condition") == "local.enabled";
        static bool HasImage(YamlMappingNode release) =>
            ((YamlSequenceNode)release["values"]).Any(values =>
                IsOfPlatform(
                    File.ReadAllText(
                        Path.Combine(
                            Files.Root,
                            values.ToString().Replace("{{ .Release.Name }}", Text(release, "name"), StringComparison.Ordinal)
                        )
                    )
                )
            );
        static bool IsOfPlatform(string values) =>
            ComponentList.Deployed.Any(component => values.Contains($"\"images.{component.Name}\"", StringComparison.Ordinal));
    }

    private async Task<(int Code, string Called)> CallAsync(
        string profile,
        string key,
        string context,
        int code,
        string? reason = null,
        string enforced = "false"
    )
    {
        var calls = Path.Combine(folder.Path, "calls");
        var judge = folder.File(
            "judge",
            $"#!/bin/sh\ngrep -q 'server' \"$3\" || exit 9\necho \"$*\" | sed \"s|$3|FILE|\" > {calls}\nexit {code}\n"
        );
        File.SetUnixFileMode(judge, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var start = new ProcessStartInfo(
            Path.Combine(Files.Root, "environments", "hooks", "require-verdict"),
            [profile, "production", """{"server":"r/server@sha256:00"}""", key, context, "sportbuff", enforced]
        )
        {
            UseShellExecute = false,
            RedirectStandardError = true,
        };
        start.Environment["JUDGE"] = judge;
        start.Environment["ADMIT_OVERRIDE"] = reason;
        start.Environment["KUBECONFIG"] = folder.File("kubeconfig", "apiVersion: v1\ncurrent-context: current\nkind: Config\n");
        using var process = Process.Start(start)!;
        said = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (
            process.ExitCode,
            File.Exists(calls) ? (await File.ReadAllTextAsync(calls, TestContext.Current.CancellationToken)).Trim() : string.Empty
        );
    }
}
