using Verification.Objectives;
using Verification.Stack;
using Verification.Stack.Components;
using Xunit;

namespace Verification.Tests.Unit.Objectives;

public sealed class SafeSettingTests
{
    private static readonly SafeSetting Rule = new("mysql", "setting", "a promise rests on it");

    [Theory]
    [InlineData("on", null)]
    [InlineData("Auto", null)]
    [InlineData("OFF", "mysql-0: setting is 'OFF', expected ON or AUTO, and a promise rests on it")]
    [InlineData(null, "mysql-0: setting is not told, and a promise rests on it")]
    public void One_of_some_values_whatever_its_case(string? effective, string? told) =>
        Assert.Equal(told, (Rule with { OneOf = ["ON", "AUTO"] }).Deviation("mysql-0", effective)?.ToString());

    [Theory]
    [InlineData("64", null)]
    [InlineData("48", null)]
    [InlineData("47", "m: setting is '47', expected at least 48 and expected at most 100, and a promise rests on it")]
    [InlineData("101", "m: setting is '101', expected at least 48 and expected at most 100, and a promise rests on it")]
    [InlineData("many", "m: setting is 'many', expected at least 48 and expected at most 100, and a promise rests on it")]
    public void A_number_in_a_range(string effective, string? told) =>
        Assert.Equal(told, (Rule with { AtLeast = 48, AtMost = 100 }).Deviation("m", effective)?.ToString());

    [Theory]
    [InlineData("NO_ZERO_DATE,STRICT_TRANS_TABLES", true)]
    [InlineData("NO_ZERO_DATE", false)]
    [InlineData("NOT_STRICT_TRANS_TABLES", false)]
    public void A_word_among_others(string effective, bool holds) =>
        Assert.Equal(holds, (Rule with { Has = "STRICT_TRANS_TABLES" }).Deviation("m", effective) is null);

    [Fact]
    public void A_default_that_is_safe_need_not_be_told()
    {
        var rule = Rule with { OneOf = ["-1"], MayBeUntold = true };

        Assert.Null(rule.Deviation("m", null));
        Assert.NotNull(rule.Deviation("m", "60000"));
    }

    [Fact]
    public void A_secret_is_told_to_nobody()
    {
        var rule = Rule with { NoneOf = ["", "hunter2"], Secret = true };

        Assert.Equal("m: setting is not what it must be, and a promise rests on it", rule.Deviation("m", "hunter2")?.ToString());
        Assert.Null(rule.Deviation("m", "a better one"));
    }

    [Fact]
    public void The_own_rules_are_of_components_that_there_are_and_each_demands_something()
    {
        var rules = SafeSettingsFile.Read(new ProjectRoot(Files.Root).SafeSettings);

        Assert.InRange(rules.Count, 30, SafeSettingsFile.MostRules);
        Assert.Empty(rules.Select(rule => rule.Component).Distinct().Except(ComponentList.Configured.Select(component => component.Name)));
    }

    [Theory]
    [InlineData(
        "one-of: [\"1\"], because",
        "because",
        "4:5: 'sync_binlog' demands nothing; give one of one-of, none-of, has, at-least, at-most."
    )]
    [InlineData("at-least: 48", "atleast: 48", "unknown key 'atleast'; did you mean 'at-least'?")]
    public void A_rule_that_can_not_be_is_refused_where_it_stands(string right, string wrong, string message)
    {
        using var folder = new OwnFolder();
        var file = folder.In("safe-settings.yaml");
        File.WriteAllText(file, File.ReadAllText(Files.Golden("safe-settings.yaml")).Replace(right, wrong, StringComparison.Ordinal));

        Assert.Contains(message, Assert.Throws<DocumentException>(() => SafeSettingsFile.Read(file)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_component_that_there_is_not_is_refused_where_it_stands()
    {
        using var folder = new OwnFolder();
        var file = folder.Holding(
            "safe-settings.yaml",
            "schema: 1\ncomponents:\n  mysqll:\n    sync_binlog: {one-of: [\"1\"], because: a promise rests on it}\n"
        );

        Assert.Contains(
            "3:3: 'mysqll' is no component whose settings are known; did you mean 'mysql'?",
            Assert.Throws<DocumentException>(() => SafeSettingsFile.Read(file, ["mysql", "redis"])).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void More_rules_than_there_may_be_are_refused()
    {
        using var folder = new OwnFolder();
        var file = folder.In("safe-settings.yaml");
        File.WriteAllLines(
            file,
            [
                "schema: 1",
                "components:",
                "  mysql:",
                .. Enumerable.Range(0, 41).Select(index => $"    setting_{index}: {{one-of: [\"1\"], because: a promise rests on it}}"),
            ]
        );

        Assert.Contains(
            "'setting_40' is rule 41, and there may be 40",
            Assert.Throws<DocumentException>(() => SafeSettingsFile.Read(file)).Message,
            StringComparison.Ordinal
        );
    }
}
