using System.Text.RegularExpressions;
using Verification.Stack.Leftovers;

namespace Verification.Stack.Sessions;

/// <summary>The environment variables of the suite: the one place that names them.</summary>
public static partial class VerifyVariables
{
    /// <summary>What all of them begin with.</summary>
    public const string Prefix = "VERIFY_";

    /// <summary>Root of the project.</summary>
    public const string Root = "VERIFY_ROOT";

    /// <summary>Folder of the run that a process belongs to.</summary>
    public const string Run = "VERIFY_RUN";

    /// <summary>Name of the stage that a process runs.</summary>
    public const string Stage = "VERIFY_STAGE";

    /// <summary>Path of the objectives and profiles.</summary>
    public const string Gates = "VERIFY_GATES";

    /// <summary>Path of the description of the system under test.</summary>
    public const string Sut = "VERIFY_SUT";

    /// <summary>What the effective settings are held against, a folder.</summary>
    public const string Config = "VERIFY_CONFIG";

    /// <summary>Name of the profile.</summary>
    public const string Profile = "VERIFY_PROFILE";

    /// <summary>Kind of broker.</summary>
    public const string Broker = "VERIFY_BROKER";

    /// <summary>Arrangement of the components.</summary>
    public const string Topology = "VERIFY_TOPOLOGY";

    /// <summary>The objectives that a stage is asked for, separated by commas, where these are not all of the profile.</summary>
    public const string Objectives = "VERIFY_OBJECTIVES";

    /// <summary>Images given by name, <c>dashboard=…,server=…</c>.</summary>
    public const string Images = "VERIFY_IMAGES";

    /// <summary>Images that were resolved, with their digests, as one line of JSON.</summary>
    public const string Resolved = "VERIFY_RESOLVED";

    /// <summary>Images of the previous release, <c>dashboard=…,server=…</c>.</summary>
    public const string Previous = "VERIFY_PREVIOUS";

    /// <summary>Path of a <c>stack.json</c> to attach to.</summary>
    public const string Stack = "VERIFY_STACK";

    /// <summary><c>1</c> leaves the stack up.</summary>
    public const string Keep = "VERIFY_KEEP";

    /// <summary><c>1</c> posts nothing.</summary>
    public const string ReadOnly = "VERIFY_READ_ONLY";

    /// <summary>How long each load lasts, such as <c>30 s</c>, where it is not as long as its scenario says.</summary>
    public const string LoadDuration = "VERIFY_LOAD_DURATION";

    /// <summary>How many requests a second a load makes at its peak, where it is not as many as its scenario says.</summary>
    public const string LoadRate = "VERIFY_LOAD_RATE";

    /// <summary><c>1</c> ends a load once one of its objectives can no longer hold.</summary>
    public const string LoadAbortOnFail = "VERIFY_LOAD_ABORT_ON_FAIL";

    /// <summary>Registry that images are pulled from, or <c>none</c>.</summary>
    public const string Registry = "VERIFY_REGISTRY";

    /// <summary>How long a registry may take to answer, such as <c>10 s</c>.</summary>
    public const string RegistryTimeout = "VERIFY_REGISTRY_TIMEOUT";

    /// <summary>Mirror that Debian packages come from.</summary>
    public const string DebianMirror = "VERIFY_DEBIAN_MIRROR";

    /// <summary>Folder of programs that are no component.</summary>
    public const string Tools = "VERIFY_TOOLS";

    /// <summary>Seed that repeats a choice at random.</summary>
    public const string Seed = "VERIFY_SEED";

    /// <summary>File of the private key that signs verdicts: for whoever judges alone, never for a suite.</summary>
    public const string SigningKey = "VERIFY_SIGNING_KEY";

    /// <summary><c>1</c> lets what is UNKNOWN, or lacks a part, fail its test; where it is not set, <c>CI=true</c> does.</summary>
    public const string Strict = "VERIFY_STRICT";

    /// <summary><c>true</c> on the machines of GitHub, GitLab and most others that test what is pushed.</summary>
    public const string Ci = "CI";

    /// <summary>Archive of the Artemis distribution.</summary>
    public const string ArtemisDistribution = "ARTEMIS_DISTRIBUTION";

    /// <summary>Command that starts a simulator of AWS.</summary>
    public const string AwsSimulator = "AWS_SIMULATOR";

    /// <summary>Jar of the JMX exporter.</summary>
    public const string JmxExporter = "JMX_EXPORTER";

    /// <summary>The time that an image made here bears, seconds since 1970, as all build tools have it.</summary>
    public const string SourceDateEpoch = "SOURCE_DATE_EPOCH";

    /// <summary>Archive of the Elasticsearch distribution.</summary>
    public const string ElasticsearchDistribution = "ELASTICSEARCH_DISTRIBUTION";

    /// <summary>Archive of Fluentd and its plugins as gems.</summary>
    public const string FluentdGems = "FLUENTD_GEMS";

    /// <summary>Folder of the definitions of kinds that a cluster does not know by itself.</summary>
    public const string Definitions = "CRDS_DIR";

    /// <summary>Folder of charts of others, unpacked, in place of those that are published.</summary>
    public const string Charts = "CHARTS_DIR";

    /// <summary>What a gate obeys where its user has set it, and hands on to its suites.</summary>
    public static IReadOnlyList<string> Obeyed { get; } =
    [
        Root,
        Registry,
        RegistryTimeout,
        DebianMirror,
        Tools,
        Seed,
        Strict,
        Ci,
        ArtemisDistribution,
        JmxExporter,
        ElasticsearchDistribution,
        FluentdGems,
        Definitions,
        Charts,
        AwsSimulator,
        SourceDateEpoch,
    ];

    /// <summary>Whether what is UNKNOWN, or lacks a part, fails its test.</summary>
    public static bool IsStrict => (Value(Strict) ?? (Value(Ci) == "true" ? "1" : "0")) == "1";

    /// <summary>A variable if it is set: what it names should be there. Null where it is not.</summary>
    /// <param name="names">Variables, the one that counts first.</param>
    public static string? FirstSet(params IReadOnlyList<string> names) => names.FirstOrDefault(name => Value(name) is not null);

    /// <summary>The value of a variable of this process; null where it is not set or empty.</summary>
    public static string? Value(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    /// <summary>Those of an environment that a gate obeys, with their values, as they are told and stored: an address without whom it logs
    /// in as.</summary>
    public static IReadOnlyDictionary<string, string> ObeyedOf(IEnumerable<KeyValuePair<string, string?>> environment) =>
        environment
            .Where(variable => variable.Value is { Length: > 0 } && Obeyed.Contains(variable.Key))
            .OrderBy(variable => variable.Key, StringComparer.Ordinal)
            .ToDictionary(
                variable => variable.Key,
                variable => UserOfAddress().Replace(variable.Value!, $"://{SecretMask.Mask}@"),
                StringComparer.Ordinal
            );

    /// <summary>Those of an environment that a gate does not obey and keeps from its suites: what they would say stands in its own
    /// options.</summary>
    public static IReadOnlyList<string> IgnoredOf(IEnumerable<KeyValuePair<string, string?>> environment) =>
        [
            .. environment
                .Select(variable => variable.Key)
                .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal) && !Obeyed.Contains(name))
                .Order(StringComparer.Ordinal),
        ];

    /// <summary>The variables of this process.</summary>
    public static IReadOnlyList<KeyValuePair<string, string?>> OfThisProcess() =>
        [
            .. Environment
                .GetEnvironmentVariables()
                .Cast<System.Collections.DictionaryEntry>()
                .Select(variable => KeyValuePair.Create((string)variable.Key, (string?)variable.Value)),
        ];

    // As far as the last @ of a word: a password may hold one, and a slash.
    [GeneratedRegex(@"://\S*@", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex UserOfAddress();
}
