using System.Text.Json;
using k8s.Models;
using Verification.Cluster.Scaling;
using Xunit;

namespace Verification.Tests.Unit.Cluster;

public sealed class ServiceScaleTests
{
    [Fact]
    public void A_pod_serves_that_is_ready_and_that_clients_are_led_to()
    {
        var look = ServiceScale.Of(
            Autoscaler(used: 40),
            Deployment(replicas: 3),
            [Pod("a", ready: true), Pod("b", ready: true), Pod("c", ready: false), Pod("d", ready: true, going: true)],
            [Slice(("a", true), ("c", true), ("d", false)), Slice(("b", true))]
        );

        Assert.Equal(new ServiceScale("server", Least: 2, Wanted: 3, Pods: 4, Serving: 2) { TargetPercent = 60, UsedPercent = 40 }, look);
        Assert.False(look.IsScaledOut);
        Assert.False(look.IsAtLeast);
    }

    [Fact]
    public void A_service_is_scaled_out_once_more_pods_serve_than_it_has_at_least() =>
        Assert.True(
            ServiceScale
                .Of(
                    Autoscaler(used: 90),
                    Deployment(replicas: 3),
                    [Pod("a", ready: true), Pod("b", ready: true), Pod("c", ready: true)],
                    [Slice(("a", true), ("b", true), ("c", true))]
                )
                .IsScaledOut
        );

    [Fact]
    public void It_is_at_its_least_once_what_was_added_is_gone()
    {
        V1Pod[] pods = [Pod("a", ready: true), Pod("b", ready: true)];
        V1EndpointSlice[] slices = [Slice(("a", true), ("b", true))];

        Assert.True(ServiceScale.Of(Autoscaler(used: 10), Deployment(replicas: 2), pods, slices).IsAtLeast);
        Assert.False(
            ServiceScale.Of(Autoscaler(used: 10), Deployment(replicas: 2), [.. pods, Pod("c", ready: true, going: true)], slices).IsAtLeast
        );
        Assert.False(ServiceScale.Of(Autoscaler(used: 10), Deployment(replicas: null), pods, slices).IsAtLeast);
    }

    [Theory]
    [InlineData("no metrics returned from resource metrics API", true)]
    [InlineData("failed to get cpu utilization: missing request for cpu in container server of Pod server-1", false)]
    public void Who_is_told_nothing_of_pods_can_not_act_and_who_finds_no_request_is_wrong(string message, bool isUnmeasured)
    {
        var look = ServiceScale.Of(Autoscaler(used: 40, silence: message), Deployment(replicas: 2), [], []);

        Assert.Equal(isUnmeasured, look.IsUnmeasured);
        Assert.Null(look.UsedPercent);
        Assert.Contains(message, $"{look}", StringComparison.Ordinal);
    }

    [Fact]
    public void An_autoscaler_that_has_not_looked_yet_has_seen_nothing() =>
        Assert.True(ServiceScale.Of(Autoscaler(used: null), Deployment(replicas: 2), [], []).IsUnmeasured);

    [Theory]
    [InlineData("""{"f:spec":{"f:replicas":{},"f:template":{}}}""", "", new[] { "helm" })]
    [InlineData("""{"f:spec":{"f:template":{}}}""", "", new string[0])]
    [InlineData("""{"f:spec":{"f:replicas":{}}}""", "scale", new string[0])]
    [InlineData("""{"f:status":{"f:replicas":{}}}""", "status", new string[0])]
    public void Who_has_said_how_many_pods_there_are_is_told_but_for_autoscalers(string fields, string part, string[] others) =>
        Assert.Equal(
            others,
            ReplicaOwners.BesideAutoscalers([
                new V1ManagedFieldsEntry
                {
                    Manager = "helm",
                    Subresource = part,
                    FieldsV1 = JsonSerializer.Deserialize<JsonElement>(fields),
                },
            ])
        );

    [Fact]
    public void Where_nothing_was_noted_nobody_has_said_it() => Assert.Empty(ReplicaOwners.BesideAutoscalers(null));

    private static V2HorizontalPodAutoscaler Autoscaler(int? used, string silence = "") =>
        new()
        {
            Spec = new V2HorizontalPodAutoscalerSpec
            {
                MinReplicas = 2,
                Metrics =
                [
                    new V2MetricSpec
                    {
                        Resource = new V2ResourceMetricSource
                        {
                            Name = "cpu",
                            Target = new V2MetricTarget { AverageUtilization = 60 },
                        },
                    },
                ],
            },
            Status = new V2HorizontalPodAutoscalerStatus
            {
                CurrentMetrics = used is null
                    ? null
                    :
                    [
                        new V2MetricStatus
                        {
                            Resource = new V2ResourceMetricStatus
                            {
                                Name = "cpu",
                                Current = new V2MetricValueStatus { AverageUtilization = used },
                            },
                        },
                    ],
                Conditions =
                [
                    new V2HorizontalPodAutoscalerCondition
                    {
                        Type = "ScalingActive",
                        Status = silence.Length > 0 ? "False" : "True",
                        Reason = "FailedGetResourceMetric",
                        Message = silence,
                    },
                ],
            },
        };

    private static V1Deployment Deployment(int? replicas) =>
        new()
        {
            Metadata = new V1ObjectMeta { Name = "server" },
            Spec = new V1DeploymentSpec { Replicas = replicas },
        };

    private static V1Pod Pod(string id, bool ready, bool going = false) =>
        new()
        {
            Metadata = new V1ObjectMeta { Uid = id, DeletionTimestamp = going ? DateTime.UnixEpoch : null },
            Status = new V1PodStatus { Conditions = [new V1PodCondition { Type = "Ready", Status = ready ? "True" : "False" }] },
        };

    private static V1EndpointSlice Slice(params IEnumerable<(string Pod, bool Ready)> endpoints) =>
        new()
        {
            Endpoints =
            [
                .. endpoints.Select(each => new V1Endpoint
                {
                    Conditions = new V1EndpointConditions { Ready = each.Ready },
                    TargetRef = new V1ObjectReference { Uid = each.Pod },
                }),
            ],
        };
}
