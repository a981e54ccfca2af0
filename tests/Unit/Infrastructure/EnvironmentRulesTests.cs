using Verification.Infrastructure.Environments;
using Verification.Infrastructure.Terraform;
using Verification.Tests.Unit.Objectives;
using Xunit;

namespace Verification.Tests.Unit.Infrastructure;

public sealed class EnvironmentRulesTests
{
    private static readonly string Own = Path.Combine(Files.Root, TerraformFolders.Root);

    [Fact]
    public void The_environments_of_the_project_are_apart()
    {
        var seen = EnvironmentRules.Look(Own);

        Assert.Empty(seen.Deviations);
        Assert.True(seen.Observations > 30);
    }

    [Theory]
    [InlineData("environments/staging/backend.tf", "staging.tfstate", "production.tfstate", "staging: key is 'production.tfstate'")]
    [InlineData("environments/managed/backend.tf", "managed.tfstate", "production.tfstate", "managed: key is 'production.tfstate'")]
    [InlineData("environments/production/backend.tf", "encrypt      = true", "encrypt      = false", "production: encrypt is 'false'")]
    [InlineData("environments/production/backend.tf", "    use_lockfile = true\n", "", "production: use_lockfile is ''")]
    [InlineData(
        "environments/production/backend.tf",
        "backend \"s3\"",
        "backend \"local\"",
        "production: its state lies in 0 backends of S3"
    )]
    [InlineData(
        "environments/production/backend.tf",
        "    use_lockfile = true\n",
        "    # use_lockfile = true\n",
        "production: use_lockfile is ''"
    )]
    [InlineData("environments/production/providers.tf", "eu-west-1", "eu-central-1", "production: replicas stand in the region")]
    [InlineData("environments/production/providers.tf", "\"production\"", "\"staging\"", "production: environment is 'staging'")]
    [InlineData("environments/production/main.tf", "10.10.0.0/16", "10.20.0.0/16", "production and staging have addresses in common")]
    [InlineData("environments/production/main.tf", "10.10.0.0/16", "10.0.0.0/8", "production and staging have addresses in common")]
    [InlineData("environments/production/main.tf", "\"10.10.0.0/16\"", "local.cidr", "production: no module is given a cidr")]
    [InlineData("environments/production/providers.tf", "tags =", "labels =", "production: none of its providers tags")]
    [InlineData("environments/production/main.tf", "= var.protected", "= false", "production: a module is given protected = false")]
    [InlineData(
        "environments/production/main.tf",
        "environment = \"production\"",
        "environment = \"staging\"",
        "production: environment is"
    )]
    [InlineData("environments/production/versions.tf", "\"5.100.0\"", "\">= 5.0\"", "production: its provider is of the version '>= 5.0'")]
    [InlineData("environments/staging/variables.tf", "= true", "= false", "staging: 'protected' is 'false'")]
    [InlineData("environments/staging/variables.tf", "= true", "= false", "staging: 'addons' is 'false'")]
    [InlineData("environments/production/main.tf", "= var.addons", "= false", "production: a module is given addons = false")]
    [InlineData("state/main.tf", "module.key.arn", "\"alias/aws/s3\"", "state: key_arn is 'alias/aws/s3'")]
    [InlineData("state/main.tf", "noncurrent = 365", "noncurrent = 1", "state: a version of a state is kept for 1 days")]
    [InlineData("state/main.tf", "lock           = null", "lock = null\n  protected = false", "state: a module is given protected = false")]
    public void What_an_environment_shares_with_another_or_leaves_open_is_told(string file, string part, string instead, string told)
    {
        using var copy = new Gate.TemporaryFolder();
        TerraformFolder.Copy(Own, copy.Path);
        var text = File.ReadAllText(Path.Combine(copy.Path, file));
        Assert.Contains(part, text, StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(copy.Path, file), text.Replace(part, instead, StringComparison.Ordinal));

        Assert.Contains(EnvironmentRules.Look(copy.Path).Deviations, deviation => deviation.StartsWith(told, StringComparison.Ordinal));
    }
}
