using Verification.Objectives;
using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Verification.Observability;

/// <summary>The alerts of <c>config/</c>, as Prometheus reads them.</summary>
public static class AlertFiles
{
    /// <summary>Reads every alert of <c>config/alerts/</c>.</summary>
    /// <param name="config">The folder <c>config/</c>.</param>
    /// <exception cref="DocumentException">A file is no file of rules; the message holds file and line.</exception>
    public static IReadOnlyList<AlertRule> Read(string config) => OfFolder(Path.Combine(config, "alerts"));

    /// <summary>Reads every alert of <c>config/slo/rules/</c>: those on error budgets, up to two of a name, a page and a ticket.</summary>
    /// <param name="config">The folder <c>config/</c>.</param>
    /// <exception cref="DocumentException">A file is no file of rules; the message holds file and line.</exception>
    public static IReadOnlyList<AlertRule> ReadBudgets(string config) => OfFolder(Path.Combine(config, "slo", "rules"));

    private static IReadOnlyList<AlertRule> OfFolder(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*.yaml").Order(StringComparer.Ordinal).SelectMany(OfFile)];

    private static IEnumerable<AlertRule> OfFile(string file)
    {
        try
        {
            var content = new DeserializerBuilder()
                .WithNamingConvention(UnderscoredNamingConvention.Instance)
                .IgnoreUnmatchedProperties()
                .Build()
                .Deserialize<RuleFile>(File.ReadAllText(file));
            return
            [
                .. (content?.Groups ?? [])
                    .SelectMany(group => group.Rules)
                    .Where(rule => rule.Alert.Length > 0)
                    .Select(rule => new AlertRule(rule.Alert, rule.Expr.Trim(), rule.Labels, rule.Annotations, Path.GetFileName(file))),
            ];
        }
        catch (YamlException e)
        {
            throw new DocumentException(file, (int)e.Start.Line, (int)e.Start.Column, (e.InnerException ?? e).Message);
        }
    }

    private sealed class RuleFile
    {
        public List<RuleGroup> Groups { get; set; } = [];
    }

    private sealed class RuleGroup
    {
        public List<WrittenRule> Rules { get; set; } = [];
    }

    private sealed class WrittenRule
    {
        public string Alert { get; set; } = string.Empty;

        public string Expr { get; set; } = string.Empty;

        public Dictionary<string, string> Labels { get; set; } = [];

        public Dictionary<string, string> Annotations { get; set; } = [];
    }
}
