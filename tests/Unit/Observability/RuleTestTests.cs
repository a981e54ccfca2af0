using Verification.Stack;
using Xunit;

namespace Verification.Tests.Unit.Observability;

/// <summary>A test of promtool that expects nothing passes whatever a rule says.</summary>
public sealed class RuleTestTests
{
    private const string Series = "input_series: [{series: 'a', values: '0x20'}]";

    public static TheoryData<string> Folders => ["alerts/tests", "slo/tests"];

    [Theory]
    [MemberData(nameof(Folders))]
    public void Each_test_of_a_rule_asks_what_its_name_says(string folder) =>
        Assert.Empty(RuleTestFiles.Of(Path.Combine(ProjectRoot.Find().Config, folder)).SelectMany(test => test.Faults()));

    [Theory]
    [InlineData("{name: 'A: fires', " + Series + "}", "A: fires: it asks for no A")]
    [InlineData("{name: 'A: fires', " + Series + ", alert_rule_test: [{alertname: A}]}", "A: fires: it expects no alert")]
    [InlineData("{name: 'A: burns fast', " + Series + ", alert_rule_test: [{alertname: A}]}", "A: burns fast: it expects no alert")]
    [InlineData("{name: 'A: is quiet', " + Series + ", alert_rule_test: [{alertname: B}]}", "A: is quiet: it asks for no A")]
    [InlineData("{name: 'A: is quiet', alert_rule_test: [{alertname: A}]}", "A: is quiet: it has no series")]
    [InlineData(
        "{name: 'A: is quiet', " + Series + ", alert_rule_test: [{alertname: A, exp_alerts: [{}]}]}",
        "A: is quiet: it expects an alert"
    )]
    [InlineData(
        "{name: 'A: ends', " + Series + ", alert_rule_test: [{alertname: A, exp_alerts: [{}]}]}",
        "A: ends: it does not expect an alert first, and none at last"
    )]
    [InlineData(
        "{name: 'A: ends', "
            + Series
            + ", alert_rule_test: [{eval_time: 10m, alertname: A, exp_alerts: [{}]}, {eval_time: 9m, alertname: A}]}",
        "A: ends: it does not expect an alert first, and none at last"
    )]
    [InlineData("{name: 'A: nothing is heard', alert_rule_test: [{alertname: B}]}", "A: nothing is heard: it asks for no A")]
    public void A_test_that_asks_something_else_is_found(string test, string fault) =>
        Assert.Contains(fault, RuleTestFiles.Parse($"tests: [{test}]").SelectMany(each => each.Faults()));
}
