using System.Text.Json.Nodes;

namespace Verification.Cluster.Manifests;

/// <summary>An object as a chart renders it.</summary>
/// <param name="File">The file it is in, from the folder of its environment: <c>server/service/templates/deployment.yaml</c>.</param>
/// <param name="Root">What it says.</param>
public sealed record Manifest(string File, JsonNode Root)
{
    /// <summary>Its kind.</summary>
    public string Kind => Root.TextAt("kind");

    /// <summary>Its name.</summary>
    public string Name => Root.TextAt("metadata", "name");

    /// <summary>Its namespace; empty for none.</summary>
    public string Namespace => Root.TextAt("metadata", "namespace");

    /// <summary>The release that it is of.</summary>
    public string Release => File.Split('/')[0];

    /// <summary>Kind and name, as exceptions name it.</summary>
    public string Id => $"{Kind}/{Name}";
}
