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
    private static readonly VersionList Versions = VersionList.Read(ProjectRoot.Find());
    private static readonly Dictionary<string, object> Services = Mapping(Parse(Text)["services"]);

    [Fact]
    public void The_services_have_the_names_that_developers_know() =>
        Assert.Equal(
            [
                "activemq",
                "dashboard",
                "mysql",
                "redis-cluster-init",
                .. Enumerable.Range(0, 6).Select(node => $"redis-node-{node}"),
                "secrets",
                "server",
            ],
            Services.Keys.Order(StringComparer.Ordinal)
        );

    [Fact]
    public void Ports_are_bound_on_loopback_only() =>
        Assert.Equal(
            ["127.0.0.1:8080:8080", "127.0.0.1:8081:8080"],
            Services.Values.SelectMany(service => List(service, "ports")).Order(StringComparer.Ordinal)
        );

    [Fact]
    public void Nothing_joins_the_network_of_the_machine() => Assert.DoesNotContain("network_mode", Text, StringComparison.Ordinal);

    [Fact]
    public void Every_variable_has_a_default_and_every_one_written_is_used()
    {
        var used = Used().Select(variable => variable.Name).Append("SDK_IMAGE").Distinct();

        Assert.All(
            Used(),
            variable => Assert.True(variable.Default.Length > 0, $"{variable.Name} has no default: a fresh clone has no .env.")
        );
        Assert.Equal(
            [.. Settings(BrokerKind.Classic).Keys.Append("SDK_IMAGE").Order(StringComparer.Ordinal)],
            used.Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void The_defaults_are_the_official_images_of_the_one_list_and_the_places_of_Artemis()
    {
        var official = Settings(BrokerKind.Artemis, name => Versions.Components[name].Image!).ToDictionary();
        official["SDK_IMAGE"] = Versions.Components["sdk"].Image!;

        Assert.All(
            Used()
                .Where(variable =>
                    !variable.Name.EndsWith("_CONTEXT", StringComparison.Ordinal)
                    && !variable.Name.EndsWith("_DOCKERFILE", StringComparison.Ordinal)
                ),
            variable => Assert.Equal((variable.Name, official[variable.Name]), variable)
        );
    }

    [Fact]
    public void Services_are_built_from_the_root_or_from_what_was_published_by_Dockerfiles_that_end_alike()
    {
        var root = ProjectRoot.Find().Path;
        Assert.All(
            ["dashboard", "server"],
            service =>
            {
                var compiling = Used().Single(variable => variable.Name == $"{service.ToUpperInvariant()}_DOCKERFILE").Default;
                var settings = Settings(BrokerKind.Classic);
                var publishing = Path.Combine(
                    settings[$"{service.ToUpperInvariant()}_CONTEXT"],
                    settings[$"{service.ToUpperInvariant()}_DOCKERFILE"]
                );

                Assert.Contains(LastStage(Path.Combine(root, compiling)), MakesReadable);
                Assert.DoesNotContain(LastStage(Path.Combine(root, publishing)), MakesReadable);
                Assert.Equal(
                    LastStage(Path.Combine(root, publishing))
                        .Select(line => line.Replace("COPY app/", "COPY --from=compiled /app", StringComparison.Ordinal)),
                    LastStage(Path.Combine(root, compiling)).Where(line => !MakesReadable(line))
                );
            }
        );
    }

    [Fact]
    public void No_password_stands_in_it_or_comes_from_outside() =>
        Assert.DoesNotContain(
            Services
                .Where(service => service.Key != "secrets")
                .SelectMany(service => Mapping(Mapping(service.Value).GetValueOrDefault("environment"))),
            variable => PasswordNames().IsMatch(variable.Key)
        );

    [Fact]
    public void Whoever_needs_a_password_waits_until_it_is_made() =>
        Assert.All(
            Services.Where(service =>
                List(service.Value, "volumes").Any(mount => mount.StartsWith("secrets:", StringComparison.Ordinal))
                && service.Key != "secrets"
            ),
            service => Assert.Contains("secrets", Before(service.Key))
        );

    [Fact]
    public void Mounted_files_are_those_of_config()
    {
        var mounts = Services.Values.SelectMany(service => List(service, "volumes")).Where(mount => mount[0] == '.').ToList();

        Assert.NotEmpty(mounts);
        Assert.All(
            mounts,
            mount =>
            {
                Assert.EndsWith(":ro", mount, StringComparison.Ordinal);
                Assert.All(
                    Enum.GetValues<BrokerKind>(),
                    kind =>
                    {
                        var file = Filled(mount, Settings(kind))[2..].Split(':')[0];
                        Assert.StartsWith("config/", file, StringComparison.Ordinal);
                        Assert.True(File.Exists(Path.Combine(ProjectRoot.Find().Path, file)), $"{file} with {kind}");
                    }
                );
            }
        );
    }

    [Fact]
    public void Every_volume_is_named_and_so_goes_with_down_v()
    {
        var mounted = Services
            .Values.SelectMany(service => List(service, "volumes"))
            .Where(mount => mount[0] != '.')
            .Select(mount => mount.Split(':')[0])
            .Distinct();

        Assert.Equal(Mapping(Parse(Text)["volumes"]).Keys.Order(StringComparer.Ordinal), mounted.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_lasts_is_watched_and_comes_back() =>
        Assert.All(
            Services.Where(service => service.Key is not ("redis-cluster-init" or "secrets")),
            service =>
            {
                Assert.Equal("unless-stopped", Mapping(service.Value)["restart"]);
                Assert.Contains("healthcheck", Mapping(service.Value).Keys);
            }
        );

    private static IReadOnlyDictionary<string, string> Settings(BrokerKind broker) => Settings(broker, name => $"verification/{name}:1");

    private static IReadOnlyDictionary<string, string> Settings(BrokerKind broker, Func<string, string> imageOf) =>
        ComposeStack.Settings(
            broker,
            new[] { "mysql", "redis", ComposeStack.Base, StackStarter.NameOf(broker) }.ToDictionary(
                name => name,
                name => new ComponentImage(name, imageOf(name), "sha256:1", "1", "a test")
            ),
            Versions.Services
        );

    private static IReadOnlyList<(string Name, string Default)> Used() =>
        [.. Variables().Matches(Text).Select(match => (match.Groups["name"].Value, match.Groups["default"].Value)).Distinct()];

    private static string Filled(string text, IReadOnlyDictionary<string, string> settings) =>
        Variables().Replace(text, match => settings[match.Groups["name"].Value]);

    /// <summary>What a service waits for, and what that waits for.</summary>
    private static IEnumerable<string> Before(string service) =>
        Mapping(Mapping(Services[service]).GetValueOrDefault("depends_on")).Keys.SelectMany(needed => Before(needed).Prepend(needed));

    /// <summary>What was published outside is readable when it comes into an image, whoever sends it there.</summary>
    private static bool MakesReadable(string line) =>
        line.StartsWith("# Readable ", StringComparison.Ordinal) || line.StartsWith("RUN chmod ", StringComparison.Ordinal);

    private static IEnumerable<string> LastStage(string dockerfile) =>
        File.ReadAllLines(dockerfile).SkipWhile(line => line != "FROM ${BASE}");

    private static Dictionary<string, object> Parse(string text) =>
        new DeserializerBuilder().Build().Deserialize<Dictionary<string, object>>(new MergingParser(new Parser(new StringReader(text))));

    private static Dictionary<string, object> Mapping(object? node) =>
        ((Dictionary<object, object>?)node ?? []).ToDictionary(entry => (string)entry.Key, entry => entry.Value);

    private static IEnumerable<string> List(object service, string key) =>
        ((List<object>?)Mapping(service).GetValueOrDefault(key) ?? []).Cast<string>();

    [GeneratedRegex("(?<!\\$)\\$\\{(?<name>[A-Z_]+)(:-(?<default>[^}]*))?\\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Variables();

    [GeneratedRegex("PASS|AUTH$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PasswordNames();
}
