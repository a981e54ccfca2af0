using Verification.Infrastructure.Terraform;
using Xunit;

namespace Verification.Tests.Unit.Infrastructure;

/// <summary>No Terraform of this suite reaches anybody's cloud.</summary>
public sealed class TerraformEnvironmentTests
{
    private static readonly KeyValuePair<string, string?>[] Somebodys =
    [
        new("AWS_PROFILE", "production"),
        new("AWS_ACCESS_KEY_ID", "AKIA"),
        new("AWS_ENDPOINT_URL_S3", "https://s3"),
        new("AWS_CA_BUNDLE", "/ca"),
        new("TF_VAR_protected", "false"),
        new("TF_WORKSPACE", "production"),
        new("TF_CLI_ARGS", "-target=x"),
        new("TF_LOG", "trace"),
        new("TF_CLI_ARGS_init", "-plugin-dir=/plugins"),
        new("TF_CLI_CONFIG_FILE", "/not/there"),
        new("PATH", "/bin"),
    ];

    private static readonly IReadOnlyDictionary<string, string?> Changes = TerraformEnvironment.Changes(
        Somebodys,
        "/downloads",
        new Uri("http://127.0.0.1:5555")
    );

    [Theory]
    [InlineData("AWS_PROFILE")]
    [InlineData("AWS_ACCESS_KEY_ID")]
    [InlineData("AWS_ENDPOINT_URL_S3")]
    [InlineData("AWS_CA_BUNDLE")]
    [InlineData("TF_VAR_protected")]
    [InlineData("TF_WORKSPACE")]
    [InlineData("TF_CLI_ARGS")]
    [InlineData("TF_LOG")]
    [InlineData("TF_CLI_CONFIG_FILE")]
    public void What_is_somebodys_or_is_not_there_is_taken_away(string variable) => Assert.Null(Assert.Contains(variable, Changes));

    [Theory]
    [InlineData("AWS_CONFIG_FILE", "/dev/null")]
    [InlineData("AWS_SHARED_CREDENTIALS_FILE", "/dev/null")]
    [InlineData("AWS_EC2_METADATA_DISABLED", "true")]
    [InlineData("AWS_ENDPOINT_URL", "http://127.0.0.1:5555")]
    [InlineData("TF_PLUGIN_CACHE_DIR", "/downloads")]
    [InlineData("TF_PLUGIN_CACHE_MAY_BREAK_DEPENDENCY_LOCK_FILE", "1")]
    public void The_simulator_is_the_only_cloud(string variable, string value) => Assert.Equal(value, Assert.Contains(variable, Changes));

    [Fact]
    public void A_simulator_that_pods_reach_is_asked_through_no_proxy() =>
        Assert.Equal(
            "127.0.0.1,localhost,172.18.0.1",
            TerraformEnvironment.Changes(Somebodys, "/downloads", new Uri("http://172.18.0.1:5555"))["no_proxy"]
        );

    [Theory]
    [InlineData("TF_CLI_ARGS_init")]
    [InlineData("PATH")]
    public void Where_providers_come_from_stays_as_it_is(string variable) => Assert.DoesNotContain(variable, Changes);
}
