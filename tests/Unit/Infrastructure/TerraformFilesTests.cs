using System.Text.RegularExpressions;
using Verification.Infrastructure.Terraform;
using Verification.Stack.Components;
using Verification.Tests.Unit.Objectives;
using Xunit;

namespace Verification.Tests.Unit.Infrastructure;

/// <summary>What the project's Terraform is, apart from what Terraform says of it.</summary>
public sealed partial class TerraformFilesTests
{
    private static readonly string[] Written = [".terraform/", "*.tfstate", "*.tfstate.*", "*.plan"];
    private static readonly string Own = Path.Combine(Files.Root, TerraformFolders.Root);

    [Fact]
    public void Every_environment_pins_its_provider_by_hash() =>
        Assert.All(
            TerraformFolders.Applied(Own),
            folder => Assert.Contains("h1:", File.ReadAllText(Path.Combine(Own, folder, ".terraform.lock.hcl")), StringComparison.Ordinal)
        );

    [Theory]
    [InlineData("staging")]
    [InlineData("production")]
    [InlineData("managed")]
    public void Every_environment_keeps_its_state_encrypted_and_locked_far_from_here(string environment)
    {
        var backend = File.ReadAllText(Path.Combine(Own, "environments", environment, "backend.tf"));
        Assert.Matches("""backend "s3" \{[^}]*encrypt\s+= true[^}]*use_lockfile\s+= true""", backend);
    }

    [Fact]
    public void Every_module_that_makes_something_has_tests() =>
        Assert.Equal(
            ["modules/password", "modules/platform"],
            Directory
                .EnumerateDirectories(Path.Combine(Own, "modules"))
                .Select(module => Path.GetRelativePath(Own, module))
                .Except(TerraformFolders.Tested(Own))
                .Order(StringComparer.Ordinal)
        );

    /// <summary>A registry of AWS makes no repository when it is pushed to.</summary>
    [Fact]
    public void There_is_a_repository_for_each_image_that_is_deployed()
    {
        var declared = File.ReadAllText(Path.Combine(Own, "modules", "registry", "variables.tf"));
        var repositories = Repositories().Match(declared).Groups["names"].Value.Split(',').Select(name => name.Trim(' ', '"'));

        Assert.Equal(
            ComponentList.Deployed.Where(component => component.Name != "classic").Select(component => component.Name).Order(),
            repositories.Order()
        );
    }

    [Fact]
    public void What_Terraform_writes_beside_its_files_is_never_committed()
    {
        var ignored = File.ReadAllLines(Path.Combine(Files.Root, ".gitignore"));
        Assert.Empty(Written.Except(ignored));
    }

    [GeneratedRegex(@"default\s+= \[(?<names>""artemis""[^\]]*)\]", RegexOptions.NonBacktracking)]
    private static partial Regex Repositories();
}
