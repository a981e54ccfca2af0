using Verification.Objectives;
using Xunit;

namespace Verification.Tests.Unit.Objectives;

public sealed class RunFolderTests
{
    private static readonly RunFolder Run = new("/r/runs/1");

    [Theory]
    [InlineData(null, "/r/runs/1/stack.json", "/r/runs/1/logs", "/r/runs/1/secrets")]
    [InlineData(
        "chaos-artemis-ha",
        "/r/runs/1/stacks/chaos-artemis-ha.json",
        "/r/runs/1/logs/chaos-artemis-ha",
        "/r/runs/1/secrets/chaos-artemis-ha"
    )]
    public void A_stage_has_a_stack_logs_and_secrets_of_its_own(string? stage, string stack, string logs, string secrets) =>
        Assert.Equal((stack, logs, secrets), (Run.Of(stage).Stack, Run.Of(stage).Logs, Run.Of(stage).Secrets));

    [Fact]
    public void What_all_stages_share_is_the_same_for_each() =>
        Assert.Equal(
            (Run.Evidence, Run.History, Run.Lock, Run.Tests, Run.Id),
            (Run.Of("a").Evidence, Run.Of("a").History, Run.Of("a").Lock, Run.Of("a").Tests, Run.Of("a").Id)
        );

    [Theory]
    [InlineData(null)]
    [InlineData("chaos-artemis-ha")]
    public void A_description_tells_whose_it_is(string? stage) => Assert.Equal(Run.Of(stage), RunFolder.OfStack(Run.Of(stage).Stack));

    [Theory]
    [InlineData("integration", "artemis", "single", "integration-artemis-single")]
    [InlineData("chaos", "artemis", "ha+monitoring+logging", "chaos-artemis-ha-monitoring-logging")]
    [InlineData("unit", null, null, "unit")]
    public void A_stage_is_named_by_what_it_is(string suite, string? broker, string? topology, string name) =>
        Assert.Equal(name, new Stage(suite, broker, topology).Name);
}
