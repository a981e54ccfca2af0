using Docker.DotNet.Models;

namespace Verification.Cluster.Nodes;

/// <summary>What a container needs to be a node of a cluster: every capability that the engine can give, devices, and its port on loopback
/// alone.</summary>
internal static class NodeRights
{
    private const string Loopback = "127.0.0.1";

    /// <summary>All but SYS_RESOURCE, which an engine without it itself can't give (so that <c>Privileged</c> fails there), and those that
    /// engines before 23 don't know.</summary>
    private static readonly string[] Capabilities =
    [
        "CHOWN",
        "DAC_OVERRIDE",
        "DAC_READ_SEARCH",
        "FOWNER",
        "FSETID",
        "KILL",
        "SETGID",
        "SETUID",
        "SETPCAP",
        "LINUX_IMMUTABLE",
        "NET_BIND_SERVICE",
        "NET_BROADCAST",
        "NET_ADMIN",
        "NET_RAW",
        "IPC_LOCK",
        "IPC_OWNER",
        "SYS_MODULE",
        "SYS_RAWIO",
        "SYS_CHROOT",
        "SYS_PTRACE",
        "SYS_PACCT",
        "SYS_ADMIN",
        "SYS_BOOT",
        "SYS_NICE",
        "SYS_TIME",
        "SYS_TTY_CONFIG",
        "MKNOD",
        "LEASE",
        "AUDIT_WRITE",
        "AUDIT_CONTROL",
        "SETFCAP",
        "MAC_OVERRIDE",
        "MAC_ADMIN",
        "SYSLOG",
        "WAKE_ALARM",
        "BLOCK_SUSPEND",
        "AUDIT_READ",
    ];

    /// <summary>Gives them to a container in the making, in place of <c>Privileged</c>.</summary>
    public static void Give(CreateContainerParameters parameters)
    {
        var host = parameters.HostConfig ??= new HostConfig();
        host.Privileged = false;
        host.CapAdd = [.. Capabilities];
        host.SecurityOpt = ["seccomp=unconfined", "apparmor=unconfined"];
        host.DeviceCgroupRules = ["a *:* rwm"];
        foreach (var binding in (host.PortBindings ?? new Dictionary<string, IList<PortBinding>>()).Values.SelectMany(bindings => bindings))
            binding.HostIP = Loopback;
    }
}
