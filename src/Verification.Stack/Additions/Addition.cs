using Docker.DotNet.Models;
using Verification.Stack.Certificates;

namespace Verification.Stack.Additions;

/// <summary>A further instance to start beside a running stack: what a role of the stack is, but for what is said here.</summary>
/// <param name="Role">What it is: it gets the image, the configuration and the environment of this role.</param>
/// <param name="Name">Its name and network alias, as no other instance has it, for example <c>server-2</c>; its log is
/// kept under it.</param>
public sealed record Addition(Role Role, string Name)
{
    /// <summary>Another image; null for the one that <c>stack.json</c> records for the role.</summary>
    public string? Image { get; init; }

    /// <summary>Variables that are added to, or stand instead of, those of the role.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Content of further files, by their path inside.</summary>
    public IReadOnlyDictionary<string, byte[]> Files { get; init; } = new Dictionary<string, byte[]>(StringComparer.Ordinal);

    /// <summary>Names of volumes (<see cref="SmallVolume.Name"/>), by the path inside at which each is mounted.</summary>
    public IReadOnlyDictionary<string, string> Volumes { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>What a broker shows to TLS clients; null for a valid certificate under its name.</summary>
    public BrokerCertificate? Certificate { get; init; }

    /// <summary>Another command than the image's, its entry point included; nothing is then known of its readiness. Null for the role's
    /// own.</summary>
    public IReadOnlyList<string>? Command { get; init; }

    /// <summary>Whether to wait until it is ready, as an instance of the stack is; else it is returned as soon as it has been
    /// started.</summary>
    public bool AwaitReady { get; init; } = true;

    /// <summary>Makes of the role's container the one that is wanted here.</summary>
    internal void Adjust(CreateContainerParameters parameters)
    {
        parameters.Env =
        [
            .. (parameters.Env ?? []).Where(variable => !Environment.ContainsKey(variable.Split('=')[0])),
            .. Environment.Select(variable => $"{variable.Key}={variable.Value}"),
        ];
        parameters.HostConfig ??= new HostConfig();
        parameters.HostConfig.Binds = [.. parameters.HostConfig.Binds ?? [], .. Volumes.Select(volume => $"{volume.Value}:{volume.Key}")];
        if (Command is not null)
            (parameters.Entrypoint, parameters.Cmd) = ([.. Command], []);
    }
}
