using k8s.Models;
using Verification.Cluster.Monitoring;
using Xunit;

namespace Verification.Tests.Unit.Cluster;

public sealed class DeclaredMonitorsTests
{
    /// <summary>A set that is changed keeps its old pods, ready, until its controller has seen the change.</summary>
    [Theory]
    [InlineData(2, "new", "new", 1, true)]
    [InlineData(1, "old", "old", 1, false)]
    [InlineData(2, "old", "new", 1, false)]
    [InlineData(2, "new", "new", 0, false)]
    public void A_set_runs_as_declared_once_its_new_pods_alone_are_ready(
        long observed,
        string current,
        string updated,
        int ready,
        bool isRolledOut
    ) =>
        Assert.Equal(
            isRolledOut,
            DeclaredMonitors.IsRolledOut(
                new V1StatefulSet
                {
                    Metadata = new V1ObjectMeta { Generation = 2 },
                    Spec = new V1StatefulSetSpec { Replicas = 1 },
                    Status = new V1StatefulSetStatus
                    {
                        ObservedGeneration = observed,
                        CurrentRevision = current,
                        UpdateRevision = updated,
                        ReadyReplicas = ready,
                    },
                }
            )
        );
}
