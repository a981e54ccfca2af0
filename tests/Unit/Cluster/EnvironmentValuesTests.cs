using System.Text.Json.Nodes;
using Verification.Cluster.Manifests;
using Verification.Stack;
using Xunit;

namespace Verification.Tests.Unit.Cluster;

public sealed class EnvironmentValuesTests
{
    private const string Cloud =
        """{"backup": {"repository": "s3:bucket", "networks": ["10.0.0.0/8"]}, "gateway": {"host": "api.example"}}""";

    [Theory]
    [InlineData("staging")]
    [InlineData("production")]
    [InlineData("managed")]
    [InlineData("local")]
    public void Those_of_the_project_say_nothing_that_Terraform_tells(string environment) =>
        Assert.Empty(EnvironmentValues.FaultsOf(ProjectRoot.Find(), environment));

    [Theory]
    [InlineData("""{"backup": {"repository": "s3:other"}}""", "backup.repository")]
    [InlineData("""{"backup": {"networks": []}}""", "backup.networks")]
    [InlineData("""{"gateway": {"host": "api.staging.example"}}""", "gateway.host")]
    public void What_Terraform_tells_is_said_by_nobody_else(string values, string path) =>
        Assert.Equal(
            [$"environments/production/values.yaml says {path}, which Terraform tells (cloud.yaml), and so is not heard: take it away"],
            EnvironmentValues.FaultsOf(null, JsonNode.Parse(Cloud), JsonNode.Parse(values), "production")
        );

    [Theory]
    [InlineData("""{"secretStore": {"places": {"sportbuff-mysql-server": {"mysql-root-password": "mysql/mysql-root-password"}}}}""")]
    [InlineData("""{"secretStore": {"places": {"sportbuff-mysql-schema": {"password": "mysql/mysql-schema-password"}}}}""")]
    public void The_servers_of_MySQL_and_what_makes_their_tables_are_given_those_of_their_own(string common) =>
        Assert.Empty(EnvironmentValues.FaultsOf(JsonNode.Parse(common), null, null, "staging"));

    [Theory]
    [InlineData("mysql/mysql-root-password", false)]
    [InlineData("redis/password", false)]
    [InlineData("mysql/mysql-password", true)]
    public void Services_are_given_their_own_password_and_no_other(string place, bool own) =>
        Assert.Equal(
            own,
            EnvironmentValues
                .FaultsOf(
                    JsonNode.Parse(
                        """{"secretStore": {"places": {"sportbuff-mysql": {"password": "PLACE"}}}}""".Replace(
                            "PLACE",
                            place,
                            StringComparison.Ordinal
                        )
                    ),
                    null,
                    null,
                    "staging"
                )
                .Count == 0
        );
}
