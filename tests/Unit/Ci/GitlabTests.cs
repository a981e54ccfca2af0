using Verification.Tests.Unit.Objectives;
using Xunit;

namespace Verification.Tests.Unit.Ci;

public sealed class GitlabTests
{
    [Fact]
    public async Task The_file_holds_what_GitLab_knows() =>
        Assert.Empty(await new GitlabFile(CiFiles.Read(CiFiles.Gitlab)).ProblemsAsync(TestContext.Current.CancellationToken));

    [Fact]
    public async Task A_broken_file_is_found()
    {
        var broken = new GitlabFile(CiFiles.Read(Path.Combine(Files.Root, "tests", "Unit", "Ci", "fixtures", "broken.gitlab-ci.yml")));

        var problems = await broken.ProblemsAsync(TestContext.Current.CancellationToken);

        Assert.Contains(".gate: artifact is no key of job", problems);
        Assert.Contains("pr.rules: fi is no key of rules", problems);
        Assert.Contains("nightly: extends what is not there", problems);
        Assert.Contains("nightly: has no timeout", problems);
        Assert.Contains("nightly: has no stage of the list", problems);
        Assert.Contains(problems, problem => problem.StartsWith("pr: bash: ", StringComparison.Ordinal));
    }

    /// <summary>A job whose gate is not PASS has failed.</summary>
    [Fact]
    public void What_a_job_got_is_kept_whatever_came_of_it()
    {
        var file = new GitlabFile(CiFiles.Read(CiFiles.Gitlab));

        Assert.All(file.Jobs.SelectMany(job => file.ValueOf(job, "cache").Items()), cache => Assert.Equal("always", cache.Text("when")));
    }

    [Fact]
    public void Secrets_are_in_no_artifact()
    {
        var file = new GitlabFile(CiFiles.Read(CiFiles.Gitlab));

        Assert.Contains(
            "runs/*/secrets/**/*",
            CiFiles.Read(CiFiles.Gitlab).Find(".verification")!.Find("artifacts")!.Find("exclude").Items().Select(item => item.ToString())
        );
        Assert.All(
            file.Jobs,
            job =>
                Assert.Contains(
                    ".cache/",
                    file.ValueOf(job, "cache").Items().SelectMany(cache => cache.Find("paths").Items()).Select(path => path.ToString())
                )
        );
    }
}
