using Verification.Infrastructure.Terraform;
using Xunit;

namespace Verification.Tests.Unit.Infrastructure;

public sealed class TestRunsTests
{
    private const string Passed =
        """{"@level":"info","@message":"","@testrun":"One","test_run":{"run":"One","progress":"complete","status":"pass"},"type":"test_run"}""";
    private const string Failed =
        """{"@level":"info","@message":"","@testrun":"Two","test_run":{"run":"Two","progress":"complete","status":"fail"},"type":"test_run"}""";
    private const string Why =
        """{"@level":"error","@message":"Error","@testrun":"Two","diagnostic":{"severity":"error","summary":"Test assertion failed","detail":"The bucket can become public.\nMore."},"type":"diagnostic"}""";
    private const string Skipped =
        """{"@level":"info","@message":"","@testrun":"Three","test_run":{"run":"Three","progress":"complete","status":"skip"},"type":"test_run"}""";
    private const string Running =
        """{"@level":"info","@message":"","@testrun":"One","test_run":{"run":"One","progress":"running","elapsed":2},"type":"test_run"}""";

    [Fact]
    public void Runs_that_passed_are_counted_and_deviate_in_nothing()
    {
        var seen = TestRuns.Of("bucket", Answer(0, Running, Passed, Passed));
        Assert.Empty(seen.Deviations);
        Assert.Equal(2, seen.Observations);
    }

    [Fact]
    public void A_run_that_failed_is_told_with_what_its_assertion_says_and_one_that_was_skipped_is_not_counted()
    {
        var seen = TestRuns.Of("bucket", Answer(1, Passed, Failed, Why, Skipped));
        Assert.Equal("bucket, Two: Test assertion failed (The bucket can become public.)", Assert.Single(seen.Deviations));
        Assert.Equal(2, seen.Observations);
    }

    [Fact]
    public void A_module_whose_tests_do_not_start_deviates()
    {
        var seen = TestRuns.Of("bucket", Answer(1, "Terraform v1"));
        Assert.Equal("bucket: terraform ended with exit code 1: test.log has what it said", Assert.Single(seen.Deviations));
        Assert.Equal(0, seen.Observations);
    }

    private static TerraformAnswer Answer(int exitCode, params IEnumerable<string> lines) =>
        new(exitCode, string.Join('\n', lines), "/logs/test.log");
}
