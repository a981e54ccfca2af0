namespace Verification.Infrastructure.Plans;

/// <summary>A difference that a second plan has because the simulator is not the cloud, with the reason.</summary>
/// <param name="Type">Type of the resource.</param>
/// <param name="Path">The attribute, a path with dots.</param>
/// <param name="Why">What the simulator does otherwise.</param>
public sealed record InventedChange(string Type, string Path, string Why)
{
    /// <summary>All that are known. Each is seen at every second plan of the environment that has its resource: one that is gone is to be
    /// taken out.</summary>
    public static IReadOnlyList<InventedChange> Known { get; } =
    [
        new(
            "aws_s3_bucket_replication_configuration",
            "rule.0.source_selection_criteria",
            "the simulator forgets that what is encrypted by KMS is to be replicated too"
        ),
        new("aws_eks_node_group", "remote_access", "the simulator gives each group a key for SSH that nobody has asked for"),
        new("aws_eks_node_group", "update_config", "the simulator forgets how many nodes may be replaced at once"),
        new(
            "aws_launch_template",
            "tag_specifications",
            "the simulator tells the tags of the template as those of what is started from it"
        ),
        new("aws_vpc_endpoint", "dns_options", "the simulator forgets who is answered with the addresses of a service"),
        new("aws_db_parameter_group", "parameter", "the simulator forgets the settings of a database"),
        new("aws_launch_template", "latest_version", "it follows from what the simulator tells of the tags"),
    ];

    /// <summary>The changes that the simulator has not invented: those of which at least one attribute is on no list.</summary>
    public static IReadOnlyList<PlannedChange> Without(IReadOnlyList<PlannedChange> changes) =>
        [.. changes.Where(change => !IsInvented(change))];

    private static bool IsInvented(PlannedChange change) =>
        change.Paths.Count > 0
        && change.Paths.All(path =>
            Known.Any(known =>
                known.Type == change.Type && (path == known.Path || path.StartsWith($"{known.Path}.", StringComparison.Ordinal))
            )
        );
}
