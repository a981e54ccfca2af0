using Verification.Objectives;

namespace Verification.Stack;

/// <summary><c>stack.json</c>: a running platform, as whoever started it describes it. Tests attach to it by this file alone.</summary>
/// <param name="Run">Id of the run that started it.</param>
/// <param name="Topology">Arrangement of the components: <c>single</c> (one of each, Redis as a cluster of six).</param>
/// <param name="Provider">Where it runs.</param>
/// <param name="Broker">Kind of broker.</param>
/// <param name="Capabilities">What can be done with it, for <see cref="Objective.Needs"/>.</param>
/// <param name="Destructive">Whether tests may break it: what a gate or a test has started for itself, or what somebody has given up for that.</param>
/// <param name="Kept">Whether it outlives its starter.</param>
/// <param name="Project">Root of the project its configuration came from.</param>
/// <param name="Components">The images it is made of.</param>
/// <param name="Instances">Its containers or pods.</param>
/// <param name="Credentials">Where its credentials are read from.</param>
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
    StackCredentials Credentials)
{
    /// <summary>Capability of a stack of containers.</summary>
    public const string DockerCapability = "docker";

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
/// <param name="Control">The id by which it is controlled: that of the container.</param>
/// <param name="Ports">Host address (<c>127.0.0.1:20001</c>) of each inside port.</param>
/// <param name="Inside">Its address inside the network when it started.</param>
public sealed record StackInstance(string Name, InstanceRole Role, string Control, IReadOnlyDictionary<string, string> Ports, string Inside);

/// <summary>What an instance is.</summary>
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

/// <summary>Where each credential is read from: <c>env:NAME</c>, or <c>file:PATH</c> relative to the folder of <c>stack.json</c>; of the authority that issued the broker's certificate, the certificate as PEM.</summary>
public sealed record StackCredentials(
    string MysqlRootPassword,
    string MysqlUser,
    string MysqlPassword,
    string MysqlDatabase,
    string RedisPassword,
    string BrokerUser,
    string BrokerPassword,
    string BrokerAuthority);
