using System.Text.Json;
using Verification.Infrastructure.Environments;
using Verification.Infrastructure.Plans;
using Verification.Infrastructure.Terraform;
using Verification.Tests.Unit.Objectives;
using Xunit;

namespace Verification.Tests.Unit.Infrastructure;

public sealed class CloudValuesTests
{
    private const string Told =
        "# made\nbackup:\n  bucket: backups-123456789012\n  networks:\n  - 10.0.0.0/19\n  - 10.0.32.0/19\nfiles: fs-0123456789abcdef0\n";

    [Theory]
    [InlineData("123456789012", "999999999999", 0)]
    [InlineData("fs-0123456789abcdef0", "fs-fedcba98", 0)]
    [InlineData("fs-0123456789abcdef0", "none", 2)]
    [InlineData("\n", "\r\n", 0)]
    [InlineData("backups-123456789012", "backups-1234567890123", 2)]
    [InlineData("10.0.0.0/19", "10.1.0.0/19", 2)]
    [InlineData("  - 10.0.32.0/19\n", "", 1)]
    [InlineData("  - 10.0.32.0/19\n", "  - 10.0.32.0/19\n  - 10.0.64.0/19\n", 1)]
    [InlineData("  - 10.0.32.0/19\n", "  - 10.0.32.0/19\n  - 10.0.32.0/19\n", 1)]
    [InlineData("  - 10.0.0.0/19\n  - 10.0.32.0/19\n", "  - 10.0.32.0/19\n  - 10.0.0.0/19\n", 1)]
    public void Whatever_is_written_down_otherwise_but_the_account_is_told(string part, string instead, int deviations)
    {
        Assert.Contains(part, Told, StringComparison.Ordinal);

        var compared = CloudValues.Compare(Told, Told.Replace(part, instead, StringComparison.Ordinal));

        Assert.Equal(deviations, compared.Deviations.Count);
        Assert.Equal(7, compared.Lines);
    }

    [Theory]
    [InlineData("sportbuff:backup", null)]
    [InlineData("sportbuff:backup-retain", "the role sportbuff-staging-backup is not for system:serviceaccount:sportbuff:backup")]
    [InlineData("kube-system:backup", "the role sportbuff-staging-backup is not for system:serviceaccount:sportbuff:backup")]
    public void A_role_is_for_the_account_that_the_deployment_gives_it_to(string account, string? stranger)
    {
        const string Told = "jobs: arn:aws:iam::123456789012:role/sportbuff-staging-backup\n";
        var trust = "{\"StringEquals\": {\"issuer:sub\": \"system:serviceaccount:ACCOUNT\"}}".Replace(
            "ACCOUNT",
            account,
            StringComparison.Ordinal
        );
        DescribedResource role = new(
            "aws_iam_role.this",
            "aws_iam_role",
            JsonSerializer.SerializeToElement(new { name = "sportbuff-staging-backup", assume_role_policy = trust })
        );

        var told = CloudValues.Strangers(Told, "staging", [role]);

        Assert.Equal(stranger is null ? [] : [$"{stranger}, which the deployment gives it to"], told);
        Assert.Equal(["the role sportbuff-staging-backup is told, and not made"], CloudValues.Strangers(Told, "staging", []));
    }

    [Fact]
    public void What_is_written_down_is_of_one_account()
    {
        const string Written = "bucket: backups-123456789012\nrole: arn:aws:iam::999999999999:role/backup\n";

        Assert.Equal(
            ["several accounts are written down (123456789012, 999999999999), and it is of one"],
            CloudValues.Compare(Written, Written).Deviations
        );
    }

    [Fact]
    public void Helmfile_reads_what_each_environment_of_the_cloud_is_told()
    {
        var helmfile = File.ReadAllText(Path.Combine(Files.Root, "helmfile.yaml"));
        foreach (
            var environment in Directory
                .EnumerateDirectories(Path.Combine(Files.Root, TerraformFolders.Root, "environments"))
                .Where(folder =>
                    File.ReadAllText(Path.Combine(folder, "outputs.tf"))
                        .Contains($"output \"{CloudValues.Output}\"", StringComparison.Ordinal)
                )
                .Select(folder => Path.GetFileName(folder))
        )
        {
            Assert.True(File.Exists(Path.Combine(Files.Root, CloudValues.FileOf(environment))));
            Assert.Contains(
                $"environments/{environment}/cloud.yaml, environments/{environment}/values.yaml",
                helmfile,
                StringComparison.Ordinal
            );
        }
    }
}
