using Verification.Objectives;
using Verification.Stack;
using Verification.Stack.Sessions;
using Verification.Tests.Unit.Objectives;
using Xunit;

namespace Verification.Tests.Unit.Sessions;

public sealed class RunningImagesTests
{
    private static readonly StackDescription Golden = StackFile.Read(Files.Golden("stack.json"));
    private static readonly StackInstance Redis = Golden.Instances[0];

    [Theory]
    [InlineData("sha256:1f3c")]
    [InlineData("sha256:9999, sha256:1f3c")]
    public void An_instance_that_runs_what_is_described_does_not_differ(string contents) =>
        Assert.Empty(Differences(Golden, Redis, contents));

    [Fact]
    public void One_that_runs_something_else_is_named_with_both() =>
        Assert.Equal(
            ["redis-node-0 runs from sha256:9999, and is described as verification/redis:8.0.2-1f3c (sha256:1f3c)"],
            Differences(Golden, Redis, "sha256:9999")
        );

    [Fact]
    public void One_whose_image_is_not_described_differs() =>
        Assert.Equal(
            ["redis-node-0 runs from sha256:1f3c, and is described as nothing"],
            Differences(Golden with { Components = [] }, Redis, "sha256:1f3c")
        );

    [Fact]
    public void The_image_of_a_broker_is_that_of_its_kind()
    {
        var stack = Golden with { Components = [new ComponentRecord("classic", "c:1", "sha256:22", "1", "here")] };
        var broker = new StackInstance("activemq", InstanceRole.Broker, "id", new Dictionary<string, string>(), "172.18.0.4");

        Assert.Empty(Differences(stack, broker, "sha256:22"));
        Assert.Single(Differences(stack with { Broker = BrokerKind.Artemis }, broker, "sha256:22"));
    }

    private static IReadOnlyList<string> Differences(StackDescription stack, StackInstance instance, string contents) =>
        RunningImages.Differences(stack, [(instance, contents.Split(", "))]);
}
