using System.Text.Json.Nodes;
using Verification.Cluster.Objects;
using Xunit;

namespace Verification.Tests.Unit.Cluster;

public sealed class ObjectInventoryTests
{
    private static readonly ClusterObject Pod = new("Pod space/a", "1", "", IsOurs: true, Restarts: 0);
    private static readonly ClusterObject Service = new("Service space/a", "2", "version 5", IsOurs: true, Restarts: 0);
    private static readonly ClusterObject Theirs = new("ConfigMap kube-system/b", "3", "version 6", IsOurs: false, Restarts: 0);

    [Fact]
    public void What_is_as_it_was_has_not_changed() => Assert.Empty(Of(Pod, Service).ChangedSince(Of(Pod, Service)));

    [Fact]
    public void A_pod_that_was_restarted_has_changed() =>
        Assert.Equal(["Pod space/a was restarted"], Of(Pod with { Restarts = 1 }).ChangedSince(Of(Pod)));

    [Fact]
    public void An_object_of_the_same_name_that_was_made_anew_has_changed() =>
        Assert.Equal(["Service space/a was made anew"], Of(Service with { Uid = "9" }).ChangedSince(Of(Service)));

    [Fact]
    public void An_object_that_somebody_has_written_has_changed() =>
        Assert.Equal(
            ["Service space/a was changed (version 5 to version 7)"],
            Of(Service with { State = "version 7" }).ChangedSince(Of(Service))
        );

    [Fact]
    public void What_is_gone_and_what_is_new_has_changed() =>
        Assert.Equal(["Pod space/a is gone", "Service space/a is new"], Of(Service).ChangedSince(Of(Pod)));

    [Fact]
    public void What_is_no_part_of_the_platform_may_change() =>
        Assert.Empty(Of(Theirs with { State = "version 7" }).ChangedSince(Of(Theirs)));

    [Fact]
    public void Whatever_was_not_there_before_is_left() =>
        Assert.Equal(["ConfigMap kube-system/b", "Pod space/a"], Of(Pod, Service, Theirs).NewSince(Of(Service)));

    [Fact]
    public void Of_a_namespace_that_was_restored_nothing_is_missing_but_what_controllers_make_again()
    {
        ClusterObject[] before =
        [
            Named("Namespace space"),
            Named("Secret space/a"),
            Named("Pod space/a"),
            Named("ReplicaSet space/a"),
            Named("Secret other/a"),
        ];

        Assert.Equal(["Namespace space", "Secret space/a"], Of(before).LastingIn("space"));
        Assert.Equal(["Namespace space is gone", "Secret space/a is gone"], Of().MissingSince(Of(before), "space"));
        Assert.Empty(Of(Named("Namespace space"), Named("Secret space/a")).MissingSince(Of(before), "space"));

        static ClusterObject Named(string id) => Pod with { Id = id };
    }

    [Theory]
    [InlineData("HorizontalPodAutoscaler", """{"minReplicas":2}""", false)]
    [InlineData("HorizontalPodAutoscaler", """{"minReplicas":3}""", true)]
    [InlineData("APIService", """{"minReplicas":2}""", false)]
    [InlineData("BackupStorageLocation", """{"minReplicas":2}""", false)]
    [InlineData("BackupStorageLocation", """{"minReplicas":3}""", true)]
    [InlineData("Service", """{"minReplicas":2}""", true)]
    public void What_a_controller_writes_into_its_own_object_changes_nothing_that_was_deployed(string kind, string spec, bool changed)
    {
        var was = ObjectInventory.Of(kind, Item("5", """{"minReplicas":2}"""));
        var now = ObjectInventory.Of(kind, Item("6", spec));

        Assert.Equal(changed, Of(now).ChangedSince(Of(was)).Count > 0);

        static JsonNode Item(string version, string spec) =>
            JsonNode.Parse(
                """{"metadata": {"name": "a", "uid": "1", "labels": {"app.kubernetes.io/part-of": "sportbuff"}, "resourceVersion": "VERSION"}, "spec": SPEC}"""
                    .Replace("VERSION", version, StringComparison.Ordinal)
                    .Replace("SPEC", spec, StringComparison.Ordinal)
            )!;
    }

    private static ObjectInventory Of(params IEnumerable<ClusterObject> objects) =>
        new(objects.ToDictionary(each => each.Id, StringComparer.Ordinal));
}
