using Verification.Observability;
using Verification.Stack;
using Xunit;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Verification.Tests.Unit.Observability;

/// <summary>config/alertmanager/alertmanager.yml: all of it, as what is held back by mistake is told nobody.</summary>
public sealed class AlertmanagerFileTests
{
    private static readonly ProjectRoot Own = ProjectRoot.Find();
    private static readonly IReadOnlyList<AlertRule> Faults = AlertFiles.Read(Own.Config);
    private static readonly IReadOnlyList<AlertRule> Budgets = AlertFiles.ReadBudgets(Own.Config);

    // What this file does not name is refused.
    private static readonly AlertmanagerFile Config = new DeserializerBuilder()
        .WithNamingConvention(UnderscoredNamingConvention.Instance)
        .Build()
        .Deserialize<AlertmanagerFile>(File.ReadAllText(Path.Combine(Own.Config, "alertmanager", "alertmanager.yml")));

    private static IReadOnlyList<string> Causes =>
        [.. Faults.Select(rule => rule.Labels.GetValueOrDefault("cause")).OfType<string>().Distinct()];

    [Fact]
    public void What_is_held_back_is_what_follows_from_a_cause_and_nothing_else() =>
        Assert.Equal(
            Causes
                .Select(cause => $"cause=\"{cause}\" holds back follows=~\".*{cause}.*\"")
                .Concat(
                    Budgets
                        .SelectMany(rule => rule.Follows)
                        .Distinct()
                        .Select(cause => $"lately=\"{cause}\" holds back follows=~\".*{cause}.*\", sloth_slo=~\".+\"")
                )
                .Order(StringComparer.Ordinal),
            Config.InhibitRules.Select(rule => $"{rule}").Order(StringComparer.Ordinal)
        );

    [Fact]
    public void What_an_alert_follows_from_is_the_cause_of_another() =>
        Assert.Empty(Faults.Concat(Budgets).SelectMany(rule => rule.Follows).Except(Causes));

    [Fact]
    public void No_cause_is_part_of_the_name_of_another() =>
        Assert.All(
            Causes,
            cause => Assert.DoesNotContain(Causes, other => other != cause && other.Contains(cause, StringComparison.Ordinal))
        );

    [Fact]
    public void A_page_goes_to_the_pager_and_the_rest_to_tickets_once_for_each_alert_and_again_after_four_hours()
    {
        Assert.Equal("tickets by alertname after 30s, changes after 5m, again after 4h", $"{Config.Route}");
        Assert.Equal(
            ["severity=\"page\" to pager", "severity=\"none\" to nobody"],
            Config.Route.Routes.Select(route => $"{string.Join(", ", route.Matchers)} to {route}")
        );
    }

    [Fact]
    public void Each_receiver_but_nobody_reads_its_address_from_a_file_and_hears_of_the_end() =>
        Assert.Equal(
            ["nobody", "pager by /etc/alertmanager/receivers/pager with ends", "tickets by /etc/alertmanager/receivers/tickets with ends"],
            Config.Receivers.Select(receiver => $"{receiver}")
        );

    private sealed class AlertmanagerFile
    {
        public Route Route { get; set; } = new();

        public List<Receiver> Receivers { get; set; } = [];

        public List<Inhibition> InhibitRules { get; set; } = [];
    }

    private sealed class Route
    {
        public string Receiver { get; set; } = "";

        public List<string> Matchers { get; set; } = [];

        public List<string> GroupBy { get; set; } = [];

        public string GroupWait { get; set; } = "";

        public string GroupInterval { get; set; } = "";

        public string RepeatInterval { get; set; } = "";

        public List<Route> Routes { get; set; } = [];

        public override string ToString() =>
            GroupBy.Count == 0 && GroupWait.Length + GroupInterval.Length + RepeatInterval.Length == 0
                ? Receiver
                : $"{Receiver} by {string.Join(", ", GroupBy)} after {GroupWait}, changes after {GroupInterval}, again after {RepeatInterval}";
    }

    private sealed class Receiver
    {
        public string Name { get; set; } = "";

        public List<Webhook> WebhookConfigs { get; set; } = [];

        public override string ToString() =>
            Name + string.Concat(WebhookConfigs.Select(hook => $" by {hook.UrlFile}{(hook.SendResolved ? " with ends" : "")}"));
    }

    private sealed class Webhook
    {
        public string UrlFile { get; set; } = "";

        public bool SendResolved { get; set; }
    }

    private sealed class Inhibition
    {
        public List<string> SourceMatchers { get; set; } = [];

        public List<string> TargetMatchers { get; set; } = [];

        public override string ToString() => $"{string.Join(", ", SourceMatchers)} holds back {string.Join(", ", TargetMatchers)}";
    }
}
