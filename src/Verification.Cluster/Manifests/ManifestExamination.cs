namespace Verification.Cluster.Manifests;

/// <summary>Holds what is deployed in an environment against the rules.</summary>
/// <param name="exceptions">The objects that may break one.</param>
public sealed class ManifestExamination(IReadOnlyList<ManifestException> exceptions)
{
    /// <summary>What breaks a rule without being excepted, and exceptions that nothing needs; each with file, object and what to
    /// do.</summary>
    public IReadOnlyList<string> FaultsOf(ManifestSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        var faults = ManifestChecks
            .All.Where(check => check.HoldsIn(set.Environment))
            .SelectMany(check => check.FaultsOf(set), (check, fault) => (check, fault))
            .ToList();
        var idle = exceptions.Where(each =>
            IsFor(each, set)
            && (each.Release.Length == 0 || set.Manifests.Any(manifest => manifest.Release == each.Release))
            && !faults.Exists(found => Excepts(each, set, found.check, found.fault))
        );
        return
        [
            .. faults
                .Where(found => !exceptions.Any(each => Excepts(each, set, found.check, found.fault)))
                .Select(found => Told(set, found.check, found.fault)),
            .. idle.Select(each =>
                $"environments/exceptions.yaml: {each.Subject} keeps the rule {each.Check} in {each.Environment}; take the exception away"
            ),
        ];
    }

    private static bool Excepts(ManifestException exception, ManifestSet set, ManifestCheck check, ManifestFault fault) =>
        exception.Check == check.Name
        && IsFor(exception, set)
        && (exception.Release.Length > 0 ? exception.Release == fault.Manifest.Release : exception.Holder == fault.Manifest.Id);

    private static bool IsFor(ManifestException exception, ManifestSet set) =>
        exception.Environment == set.Environment && (exception.Contract.Length == 0 || exception.Contract == set.Contract);

    private static string Told(ManifestSet set, ManifestCheck check, ManifestFault fault) =>
        $"{set.Environment}, {fault.Manifest.File}: {fault.Manifest.Id} {fault.Problem} ({check.Name}); {fault.Fix}";
}
