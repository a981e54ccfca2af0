namespace Verification.Stack.Components.Exporters;

/// <summary>Where the node exporter looks for what others tell: each file <c>*.prom</c> of a folder, in Prometheus' text format.</summary>
public static class NodeTextFiles
{
    /// <summary>The folder inside.</summary>
    public const string Folder = "/var/lib/node-exporter";

    /// <summary>How much it holds, in MiB: it is in memory, and goes with the container.</summary>
    public const int Size = 8;
}
