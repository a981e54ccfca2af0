using System.Text.Json.Nodes;
using Verification.Stack;

namespace Verification.Cluster.Manifests;

/// <summary>What the values of an environment say that somebody else says of it, or that is another's: by their files alone.</summary>
public static class EnvironmentValues
{
    /// <summary>Whatever is amiss.</summary>
    /// <param name="root">The project.</param>
    /// <param name="environment">Name of the environment.</param>
    public static IReadOnlyList<string> FaultsOf(ProjectRoot root, string environment)
    {
        ArgumentNullException.ThrowIfNull(root);
        var folder = Path.Combine(root.Path, "environments");
        return FaultsOf(
            Read(Path.Combine(folder, "common.yaml")),
            Read(Path.Combine(folder, environment, "cloud.yaml")),
            Read(Path.Combine(folder, environment, "values.yaml")),
            environment
        );
    }

    /// <summary>Whatever is amiss with texts that were read.</summary>
    /// <param name="common">What all environments share.</param>
    /// <param name="cloud">What Terraform tells of the cloud; null where it tells nothing.</param>
    /// <param name="values">The environment's own.</param>
    /// <param name="environment">Its name.</param>
    internal static IReadOnlyList<string> FaultsOf(JsonNode? common, JsonNode? cloud, JsonNode? values, string environment) =>
        [
            .. Leaves(cloud, [])
                .Where(path => values.At(path) is not null)
                .Select(path =>
                    $"environments/{environment}/values.yaml says {string.Join('.', path)}, which Terraform tells (cloud.yaml), and so is not heard: take it away"
                ),
            .. new[] { (File: "common.yaml", Values: common), (File: $"{environment}/values.yaml", Values: values) }.SelectMany(each =>
                WrongPlaces(each.Values).Select(fault => $"environments/{each.File}: {fault}")
            ),
        ];

    /// <summary>Of each secret in Secrets Manager one password is for the services; the others open more, and are for the servers
    /// themselves.</summary>
    private static IEnumerable<string> WrongPlaces(JsonNode? values) =>
        from secret in (values.At("secretStore", "places") as JsonObject ?? [])
        where !OfServers.Contains(secret.Key)
        from key in secret.Value as JsonObject ?? []
        let place = $"{key.Value}"
        let holder = place.Split('/')[0]
        where place != $"{holder}/{holder}-password"
        select $"{key.Key} of {secret.Key} is fetched from {place}; the password of the services is {holder}/{holder}-password";

    /// <summary>What only MySQL itself takes, what promotes it, and what makes its tables.</summary>
    private static readonly string[] OfServers =
    [
        "sportbuff-mysql-server",
        "sportbuff-mysql-root",
        "sportbuff-mysql-replication",
        "sportbuff-mysql-schema",
    ];

    private static IEnumerable<string[]> Leaves(JsonNode? node, string[] path) =>
        node is JsonObject map ? map.SelectMany(each => Leaves(each.Value, [.. path, each.Key]))
        : path.Length > 0 ? [path]
        : [];

    private static JsonNode? Read(string file) =>
        File.Exists(file) && ManifestReader.Parse(File.ReadAllText(file), file) is [var only, ..] ? only.Root : null;
}
