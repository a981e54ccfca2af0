using Verification.Cluster.Definitions;
using Verification.Cluster.Nodes;
using Verification.Tests.Unit.Gate;
using Xunit;

namespace Verification.Tests.Unit.Cluster;

public sealed class ResourceDefinitionsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    /// <summary>A release has definitions of other groups beside them, and objects of other kinds.</summary>
    [Fact]
    public void They_are_taken_out_of_the_files_that_projects_release_and_nothing_else_is()
    {
        folder.File(
            "install.yaml",
            $"# A release.\n---\n{Definition("gateway.example", "gateways")}---\n{Definition("other.example", "others")}---\nkind: Namespace\nmetadata: {{name: gateway.example}}\n"
        );
        folder.File("gateway.example_routes.yaml", Definition("gateway.example", "routes"));
        folder.File("policy.example_limits.yaml", Definition("policy.example", "limits"));
        folder.File("notes.txt", Definition("gateway.example", "notes"));
        folder.File("broken.yaml", "a: [");

        var found = ResourceDefinitions.In(folder.Path, ["gateway.example", "policy.example"]);

        Assert.Equal(
            ["routes.gateway.example", "gateways.gateway.example", "limits.policy.example"],
            found.Select(definition => definition.Name)
        );
    }

    [Fact]
    public void A_folder_that_is_missing_or_has_none_of_a_group_is_named_with_the_group()
    {
        folder.File("a.yaml", Definition("gateway.example", "gateways"));
        // It only names the group.
        folder.File("b.yaml", "kind: Role\nrules: [{apiGroups: [policy.example]}]\n");

        Assert.StartsWith(
            $"{folder.Path} has no definition of policy.example: ",
            Assert.Throws<ClusterMissingException>(() => ResourceDefinitions.In(folder.Path, ["gateway.example", "policy.example"])).Message
        );
        Assert.StartsWith(
            "/no/such has no definition of gateway.example: ",
            Assert.Throws<ClusterMissingException>(() => ResourceDefinitions.In("/no/such", ["gateway.example"])).Message
        );
    }

    [Fact]
    public void All_of_a_folder_are_those_of_every_group()
    {
        folder.File("a.yaml", $"{Definition("gateway.example", "gateways")}---\nkind: Namespace\nmetadata: {{name: a}}\n");
        folder.File("b.yaml", Definition("policy.example", "limits"));

        Assert.Equal(
            ["gateways.gateway.example", "limits.policy.example"],
            ResourceDefinitions.AllIn(folder.Path).Select(definition => definition.Name)
        );
        Assert.StartsWith(
            "/no/such has no definition: ",
            Assert.Throws<ClusterMissingException>(() => ResourceDefinitions.AllIn("/no/such")).Message
        );
    }

    [Fact]
    public void A_file_of_a_group_that_can_not_be_read_is_named()
    {
        folder.File("a.yaml", "group: gateway.example\nnames: [");

        Assert.Contains(
            "a.yaml",
            Assert.Throws<ClusterMissingException>(() => ResourceDefinitions.In(folder.Path, ["gateway.example"])).Message,
            StringComparison.Ordinal
        );
    }

    private static string Definition(string group, string plural) =>
        $$"""
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata: {name: {{plural}}.{{group}}}
            spec:
              group: {{group}}
              names: {plural: {{plural}}}

            """;
}
