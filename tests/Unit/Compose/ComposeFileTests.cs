using System.Text.RegularExpressions;
using Verification.Gate.Compose;
using Verification.Stack;
using Verification.Stack.Images;
using Verification.Stack.Starting;
using Xunit;
using YamlDotNet.Core;
using YamlDotNet.Serialization;

namespace Verification.Tests.Unit.Compose;

/// <summary><c>compose.yaml</c> against what <c>verify images</c> writes and what <c>config/</c> holds.</summary>
public sealed partial class ComposeFileTests
{
    private static readonly string Text = File.ReadAllText(Path.Combine(ProjectRoot.Find().Path, "compose.yaml"));
    private static readonly Dictionary<string, object> Services = Mapping(Parse(Text)["services"]);

    [Fact]
    public void The_services_have_the_names_that_developers_know() => Assert.Equal(
        ["activemq", "dashboard", "mysql", "redis-cluster-init", .. Enumerable.Range(0, 6).Select(node => $"redis-node-{node}"), "server"],
        Services.Keys.Order(StringComparer.Ordinal));

    [Fact]
    public void Ports_are_bound_on_loopback_only() => Assert.Equal(
        ["127.0.0.1:8080:8080", "127.0.0.1:8081:8080"],
        Services.Values.SelectMany(service => List(service, "ports")).Order(StringComparer.Ordinal));

    [Fact]
    public void Nothing_joins_the_network_of_the_machine() => Assert.DoesNotContain("network_mode", Text, StringComparison.Ordinal);

    [Fact]
    public void Every_variable_is_one_that_is_written_and_every_one_written_is_used() => Assert.Equal(
        Settings(BrokerKind.Classic).Keys.Concat(EnvironmentFile.Secrets).Order(StringComparer.Ordinal),
        Variables().Matches(Text).Select(match => match.Groups["name"].Value).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void Every_password_is_a_variable()
    {
        var passwords = Services.Values.SelectMany(service => Mapping(Mapping(service).GetValueOrDefault("environment")))
            .Where(variable => PasswordNames().IsMatch(variable.Key)).ToList();

        Assert.NotEmpty(passwords);
        Assert.All(passwords, password => Assert.Matches("^\\$\\{[A-Z_]*PASSWORD\\}$", $"{password.Value}"));
    }

    [Fact]
    public void Mounted_files_are_those_of_config()
    {
        // obj/ holds what is made: the broker's certificate.
        var mounts = Services.Values.SelectMany(service => List(service, "volumes")).Where(mount => mount[0] == '.' && !mount.StartsWith("./obj/", StringComparison.Ordinal)).ToList();

        Assert.NotEmpty(mounts);
        Assert.All(mounts, mount =>
        {
            Assert.EndsWith(":ro", mount, StringComparison.Ordinal);
            var file = mount[2..mount.IndexOf(':', StringComparison.Ordinal)];
            Assert.StartsWith("config/", file, StringComparison.Ordinal);
            Assert.All(Enum.GetValues<BrokerKind>(), kind =>
                Assert.True(File.Exists(Path.Combine(ProjectRoot.Find().Path, Filled(file, Settings(kind)))), $"{file} with {kind}"));
        });
    }

    [Fact]
    public void Every_volume_is_named_and_so_goes_with_down_v()
    {
        var mounted = Services.Values.SelectMany(service => List(service, "volumes")).Where(mount => mount[0] != '.').Select(mount => mount.Split(':')[0]);

        Assert.Equal(Mapping(Parse(Text)["volumes"]).Keys.Order(StringComparer.Ordinal), mounted.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_lasts_is_watched_and_comes_back() => Assert.All(Services.Where(service => service.Key != "redis-cluster-init"), service =>
    {
        Assert.Equal("unless-stopped", Mapping(service.Value)["restart"]);
        Assert.Contains("healthcheck", Mapping(service.Value).Keys);
    });

    private static IReadOnlyDictionary<string, string> Settings(BrokerKind broker) => ComposeStack.Settings(
        broker,
        new[] { "mysql", "redis", ComposeStack.Base, StackStarter.NameOf(broker) }
            .ToDictionary(name => name, name => new ComponentImage(name, $"verification/{name}:1", "sha256:1", "1", "a test")));

    private static string Filled(string text, IReadOnlyDictionary<string, string> settings) =>
        Variables().Replace(text, match => settings[match.Groups["name"].Value]);

    private static Dictionary<string, object> Parse(string text) =>
        new DeserializerBuilder().Build().Deserialize<Dictionary<string, object>>(new MergingParser(new Parser(new StringReader(text))));

    private static Dictionary<string, object> Mapping(object? node) =>
        ((Dictionary<object, object>?)node ?? []).ToDictionary(entry => (string)entry.Key, entry => entry.Value);

    private static IEnumerable<string> List(object service, string key) => ((List<object>?)Mapping(service).GetValueOrDefault(key) ?? []).Cast<string>();

    [GeneratedRegex("(?<!\\$)\\$\\{(?<name>[A-Z_]+)(:\\?[^}]*)?\\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Variables();

    [GeneratedRegex("PASS|AUTH$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PasswordNames();
}
