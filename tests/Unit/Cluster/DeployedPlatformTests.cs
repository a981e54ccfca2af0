using k8s.Models;
using Verification.Cluster.Attaching;
using Verification.Stack;
using Verification.Stack.Components;
using Verification.Stack.Control;
using Xunit;

namespace Verification.Tests.Unit.Cluster;

public sealed class DeployedPlatformTests
{
    private static readonly ClusterAddress Address = new("/home/ana/.kube/config", "production");

    [Fact]
    public void A_store_that_is_a_service_of_the_cloud_is_named_with_what_it_leaves_undecided()
    {
        var error = Assert.Throws<StackNotFoundException>(() =>
            DeployedPlatform.RequireWhole(
                [
                    Of("server", ("DBHOST", "sport.rds.amazonaws.com"), ("REDISHOSTS", "redis-0.redis:6379")),
                    Of("dashboard"),
                    Of("redis"),
                    Of("artemis"),
                ],
                Address,
                "sportbuff"
            )
        );

        Assert.Equal(
            "the mysql of the platform in namespace sportbuff of context production is sport.rds.amazonaws.com, which runs elsewhere: what it holds can't be read from here, and no fault can be applied to it, "
                + "so nothing of such a platform is decided; judge the release before it is deployed, on containers: ./verify gate.",
            error.Message
        );
    }

    [Fact]
    public void A_whole_platform_is_taken_and_one_with_two_of_a_role_is_not()
    {
        Workload[] whole = [Of("server", ("DBHOST", "mysql")), Of("dashboard"), Of("redis"), Of("artemis"), Of("mysql")];

        DeployedPlatform.RequireWhole(whole, Address, "sportbuff");
        var error = Assert.Throws<StackNotFoundException>(() =>
            DeployedPlatform.RequireWhole([.. whole, Of("classic")], Address, "sportbuff")
        );

        Assert.Contains("has artemis and classic labelled as the broker of the platform", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_source_and_its_replica_of_one_release_are_one_of_a_role()
    {
        var (source, replica, stranger) = (Of("mysql"), Of("mysql"), Of("mysql"));
        (source.Metadata.Name, replica.Metadata.Name, stranger.Metadata.Name) = ("mysql-primary", "mysql-secondary", "other");
        foreach (var (set, release) in new[] { (source, "mysql"), (replica, "mysql"), (stranger, "other") })
            set.Metadata.Labels = new Dictionary<string, string> { ["app.kubernetes.io/instance"] = release };
        Workload[] whole = [Of("server"), Of("dashboard"), Of("redis"), Of("artemis"), source, replica];

        DeployedPlatform.RequireWhole(whole, Address, "sportbuff");
        var error = Assert.Throws<StackNotFoundException>(() => DeployedPlatform.RequireWhole([.. whole, stranger], Address, "sportbuff"));

        Assert.Contains("has mysql-primary with mysql-secondary and other labelled as the mysql", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_service_lacks_is_what_its_chart_says_of_it()
    {
        var (whole, original) = (Of("server"), Of("server"));
        original.Metadata.Annotations = new Dictionary<string, string> { ["sportbuff/lacks"] = "health, metrics, drain, json-logs" };

        Assert.False(whole.Lacks("metrics"));
        Assert.True(original.Lacks("metrics"));
        Assert.True(original.Lacks("json-logs"));
        Assert.False(original.Lacks("logs"));
    }

    private static Workload Of(string component, params (string Name, string Value)[] variables) =>
        new(
            ComponentList.All.Single(each => each.Name == component),
            new V1ObjectMeta { Name = component, NamespaceProperty = "sportbuff" },
            new V1PodTemplateSpec
            {
                Spec = new V1PodSpec
                {
                    Containers =
                    [
                        new V1Container
                        {
                            Name = component,
                            Env = [.. variables.Select(each => new V1EnvVar { Name = each.Name, Value = each.Value })],
                        },
                    ],
                },
            },
            Pods: null
        );
}
