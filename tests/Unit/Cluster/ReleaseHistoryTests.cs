using k8s.Models;
using Verification.Cluster.Releases;
using Verification.Objectives;
using Verification.Tests.Unit.Objectives;
using Xunit;

namespace Verification.Tests.Unit.Cluster;

public sealed class ReleaseHistoryTests
{
    private static readonly RecordedRelease Golden = DocumentReader.Read(Files.Golden("release.json"), "release").As<RecordedRelease>();
    private static readonly RecordedRelease Next = Golden with { At = Golden.At.AddDays(1), Images = Images('8') };
    private static readonly RecordedRelease Overridden = Golden with { Verdict = null, Override = "ana" };

    [Fact]
    public void What_is_written_into_a_cluster_is_read_from_it_in_the_order_of_time()
    {
        var map = new V1ConfigMap();
        ReleaseHistory.None.With(Golden).With(Next).With(Overridden with { At = Next.At.AddMinutes(1) }).WriteTo(map);

        var read = ReleaseHistory.Of(map);

        Assert.Equal([Golden.At, Next.At, Next.At.AddMinutes(1)], read.Releases.Select(release => release.At));
        Assert.Equal("ana", read.Releases[^1].Override);
        Assert.Equal(File.ReadAllText(Files.Golden("release.json")), map.Data["20261124T083015.1234567Z"]);
    }

    [Fact]
    public void What_was_let_through_last_is_not_recorded_again_and_what_comes_back_is()
    {
        var history = ReleaseHistory.None.With(Golden).With(Golden with { At = Golden.At.AddHours(1) });

        Assert.Equal([Golden.At], history.Releases.Select(release => release.At));
        Assert.Equal(3, history.With(Next).With(Golden with { At = Golden.At.AddDays(2) }).Releases.Count);
        Assert.Equal(2, history.With(Golden with { At = Golden.At.AddHours(1), User = "ben" }).Releases.Count);
    }

    [Fact]
    public void The_oldest_go_where_there_are_too_many()
    {
        var history = Enumerable
            .Range(0, ReleaseHistory.Kept + 1)
            .Aggregate(
                ReleaseHistory.None,
                (before, day) => before.With(Golden with { At = Golden.At.AddDays(day), User = $"user-{day}" })
            );

        Assert.Equal((ReleaseHistory.Kept, "user-1"), (history.Releases.Count, history.Releases[0].User));
    }

    [Fact]
    public void Only_what_a_verdict_let_through_was_admitted_and_only_these_images_with_this_configuration()
    {
        var history = ReleaseHistory.None.With(Golden).With(Next);
        var moved = Golden.Images.ToDictionary(
            image => image.Key,
            image => image.Value.Replace("registry.example", "other.example", StringComparison.Ordinal)
        );

        Assert.Equal(Golden.At, history.LastAdmitted(Golden.Images, Golden.ConfigSha256));
        Assert.Equal(Golden.At, history.LastAdmitted(moved, Golden.ConfigSha256));
        Assert.Null(history.LastAdmitted(Golden.Images, Golden.GatesSha256));
        Assert.Null(history.LastAdmitted(Images('9'), Golden.ConfigSha256));
        Assert.Null(history.LastAdmitted(Golden.Images.Take(1).ToDictionary(), Golden.ConfigSha256));
        Assert.Null(ReleaseHistory.None.With(Overridden).LastAdmitted(Golden.Images, Golden.ConfigSha256));
    }

    [Fact]
    public void An_entry_that_is_none_is_told_by_its_name()
    {
        var map = new V1ConfigMap { Data = new Dictionary<string, string> { ["20261124T083015.1234567Z"] = """{"schema": 1}""" } };

        Assert.StartsWith(
            "configmap/release-history/20261124T083015.1234567Z.json:",
            Assert.Throws<DocumentException>(() => ReleaseHistory.Of(map)).Message,
            StringComparison.Ordinal
        );
    }

    private static Dictionary<string, string> Images(char digit) =>
        Golden.Images.Keys.ToDictionary(
            role => role,
            role => $"registry.example/team/{role}@sha256:{new string(digit, 64)}",
            StringComparer.Ordinal
        );
}
