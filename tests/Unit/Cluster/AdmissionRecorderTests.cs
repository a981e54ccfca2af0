using k8s.Models;
using Verification.Cluster.Admission;
using Xunit;

namespace Verification.Tests.Unit.Cluster;

/// <summary>When a cluster goes by the list of admitted images.</summary>
public sealed class AdmissionRecorderTests
{
    [Fact]
    public void A_policy_that_refuses_counts_with_a_list_and_without_one()
    {
        Assert.True(AdmissionRecorder.Refuses(Policy(), Binding()));
        Assert.True(AdmissionRecorder.Refuses(Policy(), Binding(parameterNotFoundAction: "Deny")));
        Assert.True(AdmissionRecorder.Refuses(Policy(), Binding(actions: ["Audit", "Deny"])));
    }

    [Fact]
    public void What_is_not_there_refuses_nothing()
    {
        Assert.False(AdmissionRecorder.Refuses(null, Binding()));
        Assert.False(AdmissionRecorder.Refuses(Policy(), null));
    }

    [Fact]
    public void What_only_tells_or_lets_through_when_in_doubt_does_not_count()
    {
        Assert.False(AdmissionRecorder.Refuses(Policy(failurePolicy: "Ignore"), Binding()));
        Assert.False(AdmissionRecorder.Refuses(Policy(), Binding(actions: ["Audit"])));
        Assert.False(AdmissionRecorder.Refuses(Policy(), Binding(actions: ["Warn", "Audit"])));
        Assert.False(AdmissionRecorder.Refuses(Policy(), Binding(parameterNotFoundAction: "Allow")));
    }

    private static V1ValidatingAdmissionPolicy Policy(string failurePolicy = "Fail") =>
        new() { Spec = new V1ValidatingAdmissionPolicySpec { FailurePolicy = failurePolicy } };

    private static V1ValidatingAdmissionPolicyBinding Binding(string? parameterNotFoundAction = null, params string[] actions) =>
        new()
        {
            Spec = new V1ValidatingAdmissionPolicyBindingSpec
            {
                ValidationActions = actions.Length > 0 ? actions : ["Deny"],
                ParamRef = parameterNotFoundAction is null ? null : new V1ParamRef { ParameterNotFoundAction = parameterNotFoundAction },
            },
        };
}
