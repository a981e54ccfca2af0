using Verification.Infrastructure.Plans;

namespace Verification.Infrastructure.Guarding;

/// <summary>What keeps backups from being deleted, wherever they lie.</summary>
public static class LockRules
{
    /// <summary>Every bucket of backups that was made without a lock, or does not lock what it is given.</summary>
    /// <param name="resources">The resources of a plan or state.</param>
    public static (IReadOnlyList<string> Deviations, int Observations) Look(IReadOnlyList<DescribedResource> resources)
    {
        var locks = resources
            .Where(resource => resource.Type == "aws_s3_bucket_object_lock_configuration")
            .Select(Module)
            .CountBy(module => module, StringComparer.Ordinal)
            .ToDictionary(StringComparer.Ordinal);
        var buckets = resources.Where(HoldsBackups).GroupBy(Module, StringComparer.Ordinal).ToList();
        return (
            [
                .. buckets
                    .SelectMany(module => module)
                    .Where(bucket => bucket.Text("object_lock_enabled") != bool.TrueString)
                    .Select(bucket => $"{bucket.Address} holds backups, and was made without a lock"),
                .. buckets
                    .Where(module => locks.GetValueOrDefault(module.Key) < module.Count())
                    .Select(module =>
                        $"{string.Join(", ", module.Select(bucket => bucket.Address))}: there is no "
                        + "aws_s3_bucket_object_lock_configuration beside it, and nothing locks the backups that it holds"
                    ),
            ],
            buckets.Sum(module => module.Count())
        );
    }

    private static bool HoldsBackups(DescribedResource resource) =>
        resource.Type == "aws_s3_bucket"
        && (
            resource.Address.Contains("module.backup.", StringComparison.Ordinal)
            || resource.Text("bucket").Contains("backup", StringComparison.Ordinal)
            || resource.Text("object_lock_enabled") == bool.TrueString
        );

    /// <summary>Which module a resource is of: a plan does not know yet which bucket a lock is for.</summary>
    private static string Module(DescribedResource resource) =>
        resource.Address[..resource.Address.LastIndexOf($"{resource.Type}.", StringComparison.Ordinal)];
}
