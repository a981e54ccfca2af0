using Verification.Gate.Commands;
using Verification.Gate.Mutants.Services;
using Verification.Stack;
using Xunit;

namespace Verification.Tests.Unit.Mutants;

public sealed class AwakeMutationTests
{
    [Fact]
    public void Both_services_of_this_project_are_given_the_mutation()
    {
        var sut = ServiceMutantRun.AwakeIn(File.ReadAllText(ProjectRoot.Find().Sut), "17");

        Assert.Contains("  dashboard: {SERVICE_MUTATION: \"17\"}\n", sut, StringComparison.Ordinal);
        Assert.Contains("  server: {SERVICE_MUTATION: \"17\"}\n", sut, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Server/Storage/BuffStore.cs", "server", true)]
    [InlineData("Server/Storage/BuffStore.cs", "dashboard", false)]
    [InlineData("Dashboard/Program.cs", "dashboard", true)]
    [InlineData("Shared/BrokerList.cs", "dashboard", true)]
    [InlineData("Shared/BrokerList.cs", "server", true)]
    [InlineData("Shared/BrokerList.cs", "broker", false)]
    [InlineData("Server/Storage/BuffStore.cs", null, null)]
    [InlineData("Shared/BrokerList.cs", null, null)]
    public void Named_is_the_service_that_was_changed_or_either_of_those_that_share_what_was(string file, string? suspect, bool? named)
    {
        Assert.Equal(named, ServiceMutantRun.IsNamed(file, suspect is null ? null : [suspect, "mysql"]));
        Assert.Null(ServiceMutantRun.IsNamed(file, []));
    }

    [Fact]
    public void Where_one_can_not_be_given_it_nothing_is_judged() =>
        Assert.Throws<UsageException>(() => ServiceMutantRun.AwakeIn("environment:\n  dashboard: {}\n  server: {LOG: debug}\n", "17"));
}
