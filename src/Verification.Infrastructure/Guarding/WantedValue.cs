using System.Globalization;
using Verification.Infrastructure.Plans;

namespace Verification.Infrastructure.Guarding;

/// <summary>What an attribute of every resource of a type must be.</summary>
/// <param name="Type">Type of the resources.</param>
/// <param name="Path">The attribute, a path with dots.</param>
/// <param name="Wanted">The value as text; null for any that is there.</param>
/// <param name="Promise">What is so where it holds, a phrase.</param>
public sealed record WantedValue(string Type, string Path, string? Wanted, string Promise)
{
    /// <summary>Whether a higher number than the wanted one holds, too.</summary>
    public bool OrMore { get; init; }

    /// <summary>What the value must not have in it; null for nothing.</summary>
    public string? Without { get; init; }

    /// <summary>What nobody loses by accident: of the plan of production, with its own values.</summary>
    public static IReadOnlyList<WantedValue> OfProtection { get; } =
    [
        new("aws_s3_bucket", "force_destroy", "False", "a bucket that holds something is not destroyed"),
        new(
            "aws_s3_bucket_object_lock_configuration",
            "rule.0.default_retention.0.mode",
            "COMPLIANCE",
            "nobody opens the lock of a backup"
        ),
        new("aws_s3_bucket_object_lock_configuration", "rule.0.default_retention.0.days", "35", "a backup is locked for 35 days")
        {
            OrMore = true,
        },
        new(
            "aws_s3_bucket_lifecycle_configuration",
            "rule.0.noncurrent_version_expiration.0.noncurrent_days",
            "35",
            "what was overwritten or deleted stays for 35 days"
        )
        {
            OrMore = true,
        },
        new("aws_secretsmanager_secret", "recovery_window_in_days", "30", "a deleted secret can be had back for 30 days") { OrMore = true },
        new("aws_kms_key", "deletion_window_in_days", "30", "the deletion of a key can be taken back for 30 days") { OrMore = true },
        new("aws_ecr_repository", "force_delete", "False", "a repository that holds images is not destroyed"),
        new("aws_route53_zone", "force_destroy", "False", "a zone that has records is not destroyed"),
    ];

    /// <summary>What keeps others out: of the state of what was applied.</summary>
    public static IReadOnlyList<WantedValue> OfSafety { get; } =
    [
        new("aws_kms_key", "enable_key_rotation", "True", "a key rotates"),
        new("aws_s3_bucket_versioning", "versioning_configuration.0.status", "Enabled", "a bucket keeps versions"),
        new(
            "aws_s3_bucket_server_side_encryption_configuration",
            "rule.0.apply_server_side_encryption_by_default.0.sse_algorithm",
            "aws:kms",
            "a bucket is encrypted by KMS"
        ),
        new("aws_s3_bucket_public_access_block", "block_public_acls", "True", "a bucket is not public"),
        new("aws_s3_bucket_public_access_block", "block_public_policy", "True", "a bucket is not public"),
        new("aws_s3_bucket_public_access_block", "ignore_public_acls", "True", "a bucket is not public"),
        new("aws_s3_bucket_public_access_block", "restrict_public_buckets", "True", "a bucket is not public"),
        new("aws_secretsmanager_secret", "kms_key_id", null, "a secret is encrypted with a key of ours"),
        new("aws_secretsmanager_secret_version", "secret_string", "", "a password is not in the state"),
        new("aws_ecr_repository", "image_tag_mutability", "IMMUTABLE", "a tag can't be moved"),
        new("aws_ecr_repository", "encryption_configuration.0.encryption_type", "KMS", "images are encrypted by KMS"),
        new("aws_efs_file_system", "encrypted", "True", "files are encrypted"),
        new("aws_efs_file_system", "kms_key_id", null, "files are encrypted with a key of ours"),
        new("aws_cloudwatch_log_group", "kms_key_id", null, "logs are encrypted with a key of ours"),
        new("aws_launch_template", "block_device_mappings.0.ebs.0.encrypted", "true", "the disks of nodes are encrypted"),
        new("aws_launch_template", "metadata_options.0.http_tokens", "required", "a pod does not get the role of its node"),
        new("aws_eks_cluster", "vpc_config.0.endpoint_public_access", "False", "the control plane has no public endpoint"),
        new("aws_eks_cluster", "encryption_config.0.provider.0.key_arn", null, "the cluster's secrets are encrypted with a key of ours"),
        new("aws_eks_cluster", "enabled_cluster_log_types.4", null, "the control plane logs all that it can"),
        new("aws_subnet", "map_public_ip_on_launch", "False", "nothing gets a public address unasked"),
        new("aws_acm_certificate", "domain_name", null, "a certificate is for one name") { Without = "*" },
        new("aws_acm_certificate", "subject_alternative_names", null, "a certificate is for one name") { Without = "*" },
    ];

    /// <summary>What data stores are that are services of the cloud: of the state of what was applied.</summary>
    public static IReadOnlyList<WantedValue> OfManagedStores { get; } =
    [
        new("aws_db_instance", "storage_encrypted", "True", "the disk of a database is encrypted"),
        new("aws_db_instance", "kms_key_id", null, "the disk of a database is encrypted with a key of ours"),
        new("aws_db_instance", "publicly_accessible", "False", "a database has no public address"),
        new("aws_db_instance", "multi_az", "True", "a database survives a zone"),
        new("aws_db_instance", "backup_retention_period", "35", "any moment of 35 days can be restored") { OrMore = true },
        new("aws_db_instance", "password", "", "a password is not in the state"),
        new("aws_mq_broker", "publicly_accessible", "False", "a broker has no public address"),
        new("aws_mq_broker", "deployment_mode", "ACTIVE_STANDBY_MULTI_AZ", "a broker survives a zone"),
        new("aws_mq_broker", "encryption_options.0.kms_key_id", null, "the store of a broker is encrypted with a key of ours"),
        new("aws_secretsmanager_secret_version", "secret_string", "", "a password is not in the state"),
    ];

    /// <summary>Each resource at which it does not hold.</summary>
    /// <param name="resources">The resources.</param>
    public IEnumerable<string> Deviations(IReadOnlyList<DescribedResource> resources) =>
        Of(resources)
            .Where(resource => !Holds(resource.Text(Path)))
            .Select(resource => $"{resource.Address}: {Path} is '{resource.Text(Path)}', and should be {Expected}: {Promise}");

    /// <summary>The resources that it is about.</summary>
    /// <param name="resources">All resources.</param>
    public IEnumerable<DescribedResource> Of(IReadOnlyList<DescribedResource> resources) =>
        resources.Where(resource => resource.Type == Type);

    /// <summary>The whole look: what deviates, a value that no resource has, and how many values were looked at.</summary>
    /// <param name="wanted">The values.</param>
    /// <param name="resources">The resources.</param>
    public static (IReadOnlyList<string> Deviations, int Observations) Look(
        IReadOnlyList<WantedValue> wanted,
        IReadOnlyList<DescribedResource> resources
    ) =>
        (
            [
                .. wanted.SelectMany(value =>
                    value.Of(resources).Any() ? value.Deviations(resources) : [$"there is no {value.Type}, of which {value.Promise}"]
                ),
            ],
            wanted.Sum(value => value.Of(resources).Count())
        );

    private string Expected =>
        Without is not null ? $"without '{Without}'"
        : Wanted is null ? "there"
        : OrMore ? $"at least '{Wanted}'"
        : $"'{Wanted}'";

    private bool Holds(string text) =>
        Without is not null ? !text.Contains(Without, StringComparison.Ordinal)
        : Wanted is null ? text.Length > 0
        : OrMore
            ? decimal.TryParse(text, CultureInfo.InvariantCulture, out var number)
                && number >= decimal.Parse(Wanted, CultureInfo.InvariantCulture)
        : text == Wanted;
}
