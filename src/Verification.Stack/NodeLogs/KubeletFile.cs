namespace Verification.Stack.NodeLogs;

/// <summary>The files in which the kubelet keeps what containers write.</summary>
public static class KubeletFile
{
    /// <summary>The folder of all of them on a node.</summary>
    public const string Folder = "/var/log/containers";

    /// <summary>Longest part of a line, in bytes: a longer line is several parts.</summary>
    public const int LongestPart = 16 * 1024;

    // What a namespace is to a cluster, a stack is here.
    private const string Namespace = "platform";

    /// <summary>The file of a container: <c>POD_NAMESPACE_CONTAINER-ID.log</c>.</summary>
    /// <param name="instance">Name of the instance: it is pod and container.</param>
    /// <param name="id">Id of the container, 64 hexadecimal digits.</param>
    public static string Of(string instance, string id) => $"{Folder}/{instance}_{Namespace}_{instance}-{id}.log";
}
