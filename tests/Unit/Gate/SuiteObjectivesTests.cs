using Verification.Gate.Suites;
using Verification.Testing;
using Xunit;

namespace Verification.Tests.Unit.Gate;

public sealed class SuiteObjectivesTests
{
    private static readonly string Own = typeof(SuiteObjectivesTests).Assembly.Location;

    [Fact]
    public void An_assembly_tells_the_objectives_of_its_tests_without_being_run()
    {
        var told = SuiteObjectives.Of(Own);

        Assert.Contains("sample.first", told);
        Assert.Contains("sample.of-answers", told);
        Assert.DoesNotContain("sample.third", told);
    }

    [Fact]
    public void A_suite_is_left_out_only_where_none_of_its_tests_can_decide()
    {
        using var root = new TemporaryFolder();
        root.File("tests/Sample/Sample.csproj", "<Project />");
        root.File("tests/Sample/bin/Debug/net10.0/Sample", "");
        File.Copy(Own, Path.Combine(root.Path, "tests/Sample/bin/Debug/net10.0/Sample.dll"));
        root.File("tests/Unbuilt/Unbuilt.csproj", "<Project />");

        Assert.True(SuiteObjectives.MayDecide(root.Path, "sample", ["sample.third", "sample.first"]));
        Assert.False(SuiteObjectives.MayDecide(root.Path, "sample", ["sample.third"]));
        Assert.True(SuiteObjectives.MayDecide(root.Path, "unbuilt", ["sample.third"]));
    }

    [Objective("sample.first")]
    [Objective("sample.of-answers", OfAnswers = true)]
    private static void NoTest() => Assert.Fail("Only its attributes are read.");
}
