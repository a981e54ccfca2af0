namespace Verification.Stack.Components.Logging;

/// <summary>The roles of what gathers logs: the topology addition <c>logging</c>.</summary>
public static class LoggingRole
{
    /// <summary>Keeps lines, and finds them.</summary>
    public static Role Elasticsearch { get; } = new("elasticsearch");

    /// <summary>Reads the files of a node and sends their lines.</summary>
    public static Role Fluentd { get; } = new("fluentd");

    /// <summary>The files of a node: stands for the kubelet, which writes them.</summary>
    public static Role NodeLogs { get; } = new("node-logs");
}
