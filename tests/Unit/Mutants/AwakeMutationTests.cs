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

    [Fact]
    public void Where_one_can_not_be_given_it_nothing_is_judged() =>
        Assert.Throws<UsageException>(() => ServiceMutantRun.AwakeIn("environment:\n  dashboard: {}\n  server: {LOG: debug}\n", "17"));
}
