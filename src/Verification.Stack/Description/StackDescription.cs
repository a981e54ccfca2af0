using System.Net;
using System.Text.Json.Serialization;
using Verification.Objectives;

namespace Verification.Stack;

/// <summary><c>stack.json</c>: a running platform, as whoever started it describes it. Tests attach to it by this file alone.</summary>
/// <param name="Run">Id of the run that started it.</param>
/// <param name="Topology">Arrangement of the components, as <see cref="Topologies.KnownTopologies"/> names it: <c>single</c>.</param>
/// <param name="Provider">Where it runs.</param>
/// <param name="Broker">Kind of broker.</param>
/// <param name="Capabilities">What can be done with it, for <see cref="Objective.Needs"/>.</param>
/// <param name="Destructive">Whether tests may break it: what a gate or a test has started for itself, or what somebody has given up for
/// that.</param>
/// <param name="Kept">Whether it outlives its starter.</param>
/// <param name="Project">Root of the project its configuration came from.</param>
/// <param name="Components">The images it is made of.</param>
/// <param name="Instances">Its containers or pods.</param>
/// <param name="Credentials">Where each credential is read from, by its name: <c>env:NAME</c>, or <c>file:PATH</c> relative to the folder
/// of <c>stack.json</c>.</param>
public sealed record StackDescription(
    string Run,
    string Topology,
    StackProvider Provider,
    BrokerKind Broker,
    IReadOnlyList<string> Capabilities,
    bool Destructive,
    bool Kept,
    string Project,
    IReadOnlyList<ComponentRecord> Components,
    IReadOnlyList<StackInstance> Instances,
    IReadOnlyDictionary<string, string> Credentials
)
{
    /// <summary>Name of the stage that it was started for; null where there is none.</summary>
    public string? Stage { get; init; }

    /// <summary>The cluster that its pods run in; null for a stack of containers.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ClusterAddress? Cluster { get; init; }

    /// <summary>The way by which its clients come in from outside; null where nobody has named one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public GatewayDescription? Gateway { get; init; }

    /// <summary>Whether it runs on this machine, so that whoever measures it must be alone here; one of a cluster does not.</summary>
    [JsonIgnore]
    public bool RunsHere => Provider == StackProvider.Docker;

    /// <summary>Capability of a stack of containers.</summary>
    public const string DockerCapability = "docker";

    /// <summary>What a stack may be that nobody has said <c>--read-only</c> of: posted to.</summary>
    public const string WriteCapability = "write";

    /// <summary>Capability of a stack whose Prometheus and Alertmanager are among its instances.</summary>
    public const string WatchedCapability = "watched";

    /// <summary>Capability of a stack whose logs are searched in an Elasticsearch that is among its instances.</summary>
    public const string LoggedCapability = "logged";

    /// <summary>Capability of a stack of which its cluster records what was let through to it.</summary>
    public const string RecordedCapability = "recorded";

    /// <summary>Capability of a stack whose way in from outside was named, with a token of somebody who may post there.</summary>
    public const string GatewayCapability = "gateway";

    /// <summary>Capability of a stack that tests may break.</summary>
    public const string DestructiveCapability = "destructive";
}

/// <summary>Where a stack runs.</summary>
public enum StackProvider
{
    /// <summary>Containers of a Docker engine.</summary>
    Docker,

    /// <summary>Pods of a Kubernetes cluster.</summary>
    Kubernetes,
}

/// <summary>Kind of message broker.</summary>
public enum BrokerKind
{
    /// <summary>ActiveMQ Artemis.</summary>
    Artemis,

    /// <summary>ActiveMQ Classic.</summary>
    Classic,
}

/// <summary>One container or pod.</summary>
/// <param name="Name">Its name and network alias, for example <c>redis-node-0</c>.</param>
/// <param name="Role">What it is.</param>
/// <param name="Control">By which name its provider finds it at each call: that of the container.</param>
/// <param name="Ports">Host address (<c>127.0.0.1:20001</c>) of each inside port; <see cref="NotOpened"/> of one that is forwarded to
/// whoever attaches.</param>
/// <param name="Inside">Its address inside the network when it started.</param>
public sealed record StackInstance(string Name, Role Role, string Control, IReadOnlyDictionary<string, string> Ports, string Inside)
    : IServes
{
    /// <summary>The address of a port that nobody holds open: whoever attaches to the stack opens one that leads there, which ends with
    /// him.</summary>
    public const string NotOpened = "127.0.0.1:0";

    /// <summary>Roles whose clients come to it; null for its own alone.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<Role>? Fronts { get; init; }

    /// <summary>The role to which it is the link of the services; null for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Role? Carries { get; init; }

    IReadOnlyList<Role> IServes.Fronts => Fronts ?? [];

    /// <summary>Where one of its ports is reached from the host.</summary>
    /// <param name="port">The port inside.</param>
    /// <exception cref="InvalidOperationException">This port is not reached from the host.</exception>
    public EndPoint EndpointOf(int port) =>
        Ports.TryGetValue($"{port}", out var address)
            ? HostEndpoint.Parse(address)
            : throw new InvalidOperationException(
                $"Port {port} of {Name} is not reached from the host; of its ports are {string.Join(", ", Ports.Keys)}."
            );
}

/// <summary>The roles that the contract of the system under test names, as constants. What is beyond it has a <see cref="Role"/>
/// alone.</summary>
public enum InstanceRole
{
    /// <summary>The database.</summary>
    Mysql,

    /// <summary>A node of the cache's cluster.</summary>
    Redis,

    /// <summary>The message broker.</summary>
    Broker,

    /// <summary>The service that publishes.</summary>
    Dashboard,

    /// <summary>The service that stores and lists.</summary>
    Server,
}
