using System.Net;
using Docker.DotNet;
using Verification.Objectives;
using Verification.Stack;
using Verification.Stack.Leftovers;
using Verification.Stack.Runs;
using Verification.Tests.Unit.Gate;
using Xunit;

namespace Verification.Tests.Unit.Stack;

public sealed class LabelledRunTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    // A lock that is seen decides.
    [InlineData(LockState.Held, true, null, "Lives")]
    [InlineData(LockState.Held, false, false, "Lives")]
    [InlineData(LockState.Free, true, null, "Ended")]
    [InlineData(LockState.Free, true, true, "Ended")]
    // On a file system of another machine a free lock says nothing.
    [InlineData(LockState.Free, false, null, "Unseen")]
    // Else the process does, where it is seen.
    [InlineData(LockState.Unseen, true, true, "Lives")]
    [InlineData(LockState.Unseen, true, false, "Ended")]
    // And else nothing is known: another user's folder, another namespace, labels of before.
    [InlineData(LockState.Unseen, true, null, "Unseen")]
    [InlineData(LockState.Unseen, false, null, "Unseen")]
    public void Only_what_is_seen_tells_whether_a_run_lives(LockState held, bool here, bool? process, string life) =>
        Assert.Equal(life, LabelledRun.LifeOf(held, here, process).ToString());

    [Fact]
    public void A_run_is_told_by_the_labels_of_what_it_has_made()
    {
        var run = LabelledRun.Of(RunLabels.Of(Run("a"), kept: true));

        Assert.Equal(("a", true, RunLabels.ThisHost, ProcessIdentity.Current), (run.Id, run.Kept, run.Host, run.Process));
        Assert.True(run.IsOf(new ProjectRoot(folder.Path)));
        Assert.True(run.IsOf(new ProjectRoot(folder.Path + "/")));
        Assert.False(run.IsOf(new ProjectRoot(folder.Path + "-2")));
        Assert.False((run with { Host = "other" }).IsOf(new ProjectRoot(folder.Path)));
    }

    [Fact]
    public void Who_joins_a_run_labels_what_it_makes_with_the_process_that_holds_the_lock()
    {
        var run = Run("a");
        var owner = ProcessIdentity.Current with { Id = 4711 };
        File.WriteAllText(Path.Combine(run.Path, "owner"), owner.ToString());

        Assert.Equal(owner, LabelledRun.Of(RunLabels.Of(run, kept: false)).Process);
    }

    [Fact]
    public void A_living_run_lives_by_its_lock_and_by_its_process()
    {
        var run = Run("a");
        var labels = RunLabels.Of(run, kept: false);
        Assert.Equal(RunLife.Lives, LabelledRun.Of(labels).Life());

        using (HeldFile.TryTake(run.Lock))
            Assert.Equal(RunLife.Lives, LabelledRun.Of(labels).Life());

        Assert.Equal(RunLife.Ended, LabelledRun.Of(labels).Life());
    }

    [Fact]
    public void Labels_of_before_tell_nothing_where_the_lock_is_not_seen()
    {
        var labels = RunLabels.Of(Run("a"), kept: false);
        labels.Remove(RunLabels.Process);

        Assert.Equal(RunLife.Unseen, LabelledRun.Of(labels).Life());
    }

    [Theory]
    [InlineData(HttpStatusCode.NotFound, true)]
    [InlineData(HttpStatusCode.Conflict, true)]
    [InlineData(HttpStatusCode.Forbidden, true)]
    [InlineData(HttpStatusCode.InternalServerError, false)]
    [InlineData(HttpStatusCode.BadRequest, false)]
    [InlineData(HttpStatusCode.Unauthorized, false)]
    public void Only_a_thing_that_is_gone_or_going_is_passed_over(HttpStatusCode status, bool going) =>
        Assert.Equal(going, Sweeper.IsGoing(new DockerApiException(status, "")));

    private RunFolder Run(string id)
    {
        var run = new RunFolder(Path.Combine(folder.Path, "runs", id));
        Directory.CreateDirectory(run.Path);
        return run;
    }
}
