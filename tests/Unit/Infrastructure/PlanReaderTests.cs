using Verification.Infrastructure.Plans;
using Xunit;

namespace Verification.Tests.Unit.Infrastructure;

public sealed class PlanReaderTests
{
    private const string Replication = "aws_s3_bucket_replication_configuration";

    [Fact]
    public void What_is_only_read_or_stays_is_no_change() =>
        Assert.Empty(
            PlanReader.Read(
                $"{{\"resource_changes\":[{Change("a.a", "a", "no-op", "{}", "{}")},{Change("b.b", "b", "read", "null", "{}")}]}}"
            )
        );

    [Fact]
    public void A_plan_without_resources_changes_nothing() => Assert.Empty(PlanReader.Read("""{"format_version":"1.2"}"""));

    [Fact]
    public void A_change_names_the_attributes_that_differ_or_are_not_known_yet()
    {
        var change = Assert.Single(
            PlanReader.Read(
                $"{{\"resource_changes\":[{Change("a.a", "a", "update", """{"same":1,"rule":[{"days":7,"gone":true}]}""", """{"same":1,"rule":[{"days":8}]}""", """{"arn":true}""")}]}}"
            )
        );
        Assert.Equal(["rule.0.days", "rule.0.gone", "arn"], change.Paths);
        Assert.Equal("a.a: update (rule.0.days, rule.0.gone, arn)", $"{change}");
    }

    [Fact]
    public void Of_what_is_made_anew_the_reasons_are_named_and_not_what_follows() =>
        Assert.Equal(
            "a.a: delete and create (remote_access)",
            $"{Assert.Single(PlanReader.Read($"{{\"resource_changes\":[{Change("a.a", "a", "delete\",\"create", """{"id":"1","labels":{},"remote_access":[{"key":"k"}]}""", """{"labels":null,"remote_access":[]}""", """{"id":true}""")}]}}"))}"
        );

    [Fact]
    public void A_resource_that_is_made_names_no_attribute() =>
        Assert.Equal(
            "a.a: create",
            $"{Assert.Single(PlanReader.Read($"{{\"resource_changes\":[{Change("a.a", "a", "create", "null", """{"x":1}""")}]}}"))}"
        );

    [Fact]
    public void What_the_simulator_invents_is_left_out_and_nothing_beside_it()
    {
        var invented = new PlannedChange("m.r", Replication, ["update"], ["rule.0.source_selection_criteria"]);
        var both = invented with { Address = "m.both", Paths = ["rule.0.source_selection_criteria", "rule.0.status"] };
        var replaced = invented with { Address = "m.replaced", Actions = ["delete", "create"], Paths = ["bucket"] };
        var other = invented with { Address = "m.other", Type = "aws_s3_bucket" };

        Assert.Equal(
            ["m.both", "m.replaced", "m.other"],
            InventedChange.Without([invented, both, replaced, other]).Select(change => change.Address)
        );
    }

    private static string Change(string address, string type, string action, string before, string after, string unknown = "{}") =>
        $"{{\"address\":\"{address}\",\"type\":\"{type}\",\"change\":{{\"actions\":[\"{action}\"],\"before\":{before},\"after\":{after},\"after_unknown\":{unknown}}}}}";
}
