namespace Verification.Cluster.Manifests;

/// <summary>Whether what a variable names is within the cluster.</summary>
internal static class ClusterHosts
{
    /// <summary>Whether one of several hosts is outside: names of the cluster are short, or end as its domain does.</summary>
    /// <param name="hosts">Hosts, with or without a port, with commas between.</param>
    public static bool LieOutside(string hosts) =>
        hosts
            .Split(',')
            .Select(host => host.Split(':')[0].Split('.'))
            .Any(labels => labels.Length > 2 && labels[^1] is not ("local" or "svc"));
}
