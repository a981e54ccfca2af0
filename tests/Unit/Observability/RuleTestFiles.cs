using Verification.Stack.Components.Watching;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Verification.Tests.Unit.Observability;

/// <summary>The files that <c>promtool test rules</c> runs. The name of each test is that of its alert, and what kind of case it is;
/// behind a comma, which one of several.</summary>
internal static class RuleTestFiles
{
    /// <summary>All tests in the files of a folder.</summary>
    public static IReadOnlyList<RuleTest> Of(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*.yaml").SelectMany(file => Parse(File.ReadAllText(file)))];

    /// <summary>The tests of a file.</summary>
    public static IReadOnlyList<RuleTest> Parse(string yaml) =>
        new DeserializerBuilder()
            .WithNamingConvention(UnderscoredNamingConvention.Instance)
            .IgnoreUnmatchedProperties()
            .Build()
            .Deserialize<RuleTestFile>(yaml)
            .Tests;

    private sealed class RuleTestFile
    {
        public List<RuleTest> Tests { get; set; } = [];
    }
}

/// <summary>A test: series, and what alerts are expected of them.</summary>
internal sealed class RuleTest
{
    public string Name { get; set; } = "";

    public List<object> InputSeries { get; set; } = [];

    public List<ExpectedAlerts> AlertRuleTest { get; set; } = [];

    /// <summary>The alert and the kind.</summary>
    public string Kind => Name.Split(',')[0];

    /// <summary>Why it tests nothing of what its name says, a sentence each.</summary>
    public IEnumerable<string> Faults()
    {
        var (alert, kind) = (Kind.Split(": ")[0], Kind.Split(": ")[^1]);
        var asked = AlertRuleTest.Where(each => each.Alertname == alert).OrderBy(each => PrometheusDuration.Parse(each.EvalTime)).ToList();
        var expected = asked.Sum(each => each.ExpAlerts.Count);
        if (asked.Count == 0)
            yield return $"{Name}: it asks for no {alert}";
        if (kind == "is quiet" && InputSeries.Count == 0)
            yield return $"{Name}: it has no series";
        if (kind == "is quiet" && expected > 0)
            yield return $"{Name}: it expects an alert";
        if (kind is "fires" or "burns fast" or "burns slowly" && expected == 0)
            yield return $"{Name}: it expects no alert";
        if (kind == "ends" && asked is not [{ ExpAlerts.Count: > 0 }, .., { ExpAlerts.Count: 0 }])
            yield return $"{Name}: it does not expect an alert first, and none at last";
    }
}

/// <summary>What is expected of an alert at a moment.</summary>
internal sealed class ExpectedAlerts
{
    public string EvalTime { get; set; } = "";

    public string Alertname { get; set; } = "";

    public List<object> ExpAlerts { get; set; } = [];
}
