using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Networks;
using Microsoft.Extensions.Logging.Abstractions;
using MySqlConnector;
using Verification.Objectives;
using Verification.Stack.Components;
using Verification.Stack.Components.Logging;
using Verification.Stack.Components.MySql;
using Verification.Stack.Images;
using Verification.Stack.NodeLogs;
using Verification.Stack.Readiness;
using Verification.Stack.Runs;
using Verification.Stack.Topologies;

namespace Verification.Stack.Starting;

/// <summary>Starts a topology as a graph of steps and describes it in <c>stack.json</c>.</summary>
public static class StackStarter
{
    /// <summary>The images that the usual stack is made of.</summary>
    public static IReadOnlyList<string> ComponentsOf(BrokerKind broker) => ComponentsOf(KnownTopologies.OneOfEach, broker);

    /// <summary>The images that a stack is made of.</summary>
    public static IReadOnlyList<string> ComponentsOf(Topology topology, BrokerKind broker) =>
        [.. topology.Components(broker).Select(component => component.Name)];

    /// <summary>A kind of broker as files and options name it.</summary>
    public static string NameOf(BrokerKind broker) => broker.ToString().ToLowerInvariant();

    /// <summary>Starts everything and returns when every component answers.</summary>
    /// <returns>The description, as written to the run's <c>stack.json</c>.</returns>
    /// <exception cref="StartException">A component did not come up: it is named, with what was awaited and its log tail.</exception>
    public static async Task<StackDescription> StartAsync(
        StackOptions options,
        IProgress<StepEnded>? progress,
        CancellationToken cancellationToken
    )
    {
        using var ports = new PortLease();
        var labels = RunLabels.Of(options.Folder, options.Kept);
        var (secrets, where) = Secrets.Generate(
            options.Folder,
            options.Topology.Components(options.Broker).SelectMany(component => component.Credentials)
        );
        var network = new NetworkBuilder().WithName(RunLabels.NameOf(labels)).WithLabel(labels).WithLogger(NullLogger.Instance).Build();
        var instances = Instances(options, network, labels, ports, secrets);

        await StartPlan
            .Of(
                options.Topology,
                options.Broker,
                network.CreateAsync,
                (part, ct) => CreateVolumeAsync(options, labels, part, ct),
                (name, ct) => instances[name].StartAsync(ct),
                (part, step, ct) => step.RunAsync([.. part.Instances.Select(name => instances[name])], secrets, ct),
                SchemaOf(options, instances, secrets)
            )
            .RunAsync(progress, cancellationToken)
            .ConfigureAwait(false);

        var description = Describe(options, instances, where);
        StackFile.Write(options.Folder.Stack, description);
        if (description.Instances.Any(instance => instance.Role == LoggingRole.NodeLogs))
            LogFollower.Start(options.Folder.Stack, options.Folder);
        return description;
    }

    /// <summary>Starts one part alone, with nothing but the network: what a whole start is measured against. Describes it in
    /// <c>stack.json</c>.</summary>
    /// <param name="options">The stack it is a part of.</param>
    /// <param name="step">Name of the part, or of the step that its instances take together: <c>mysql</c>, <c>activemq</c>, <c>redis
    /// cluster</c>.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ArgumentException">There is no such part, or it needs others.</exception>
    public static Task StartAloneAsync(StackOptions options, string step, CancellationToken cancellationToken)
    {
        var part =
            options.Topology.Parts.FirstOrDefault(each => ComponentList.Of(each.Role, options.Broker).Together?.Name == step)?.Name ?? step;
        return StartAsync(options with { Topology = options.Topology.Only(part) }, progress: null, cancellationToken);
    }

    /// <summary>What makes the table where the services may not; null where they may, or there are none. Of a pair of servers the first
    /// takes writes.</summary>
    private static Func<CancellationToken, Task>? SchemaOf(
        StackOptions options,
        Dictionary<string, StackComponent> instances,
        Secrets secrets
    )
    {
        if (options.Sut.DdlRights || instances.Values.All(instance => instance.Role != InstanceRole.Server))
            return null;
        return async cancellationToken =>
        {
            var mysql = instances.Values.First(instance => instance.Role == InstanceRole.Mysql);
            try
            {
                await TableRights.TakeAsync(options.Root, mysql, secrets, cancellationToken).ConfigureAwait(false);
            }
            catch (MySqlException e)
            {
                throw new StartException(
                    StartPlan.Schema,
                    InstanceRole.Mysql,
                    $"MySQL refuses what config/mysql/{TableRights.Statements.Name} says: {e.Message}",
                    string.Empty,
                    e
                );
            }
        };
    }

    private static Task CreateVolumeAsync(
        StackOptions options,
        Dictionary<string, string> labels,
        TopologyPart part,
        CancellationToken cancellationToken
    )
    {
        var component = ComponentList.Of(part.Role, options.Broker);
        return VolumeOf(part, component, labels)!.CreateAsync(options.Images[component.Name].Image, component.DataOwner, cancellationToken);
    }

    private static SharedVolume? VolumeOf(TopologyPart part, Component component, Dictionary<string, string> labels) =>
        part.OneVolume
            ? new SharedVolume(
                $"{RunLabels.NameOf(labels)}-{part.Name}",
                component.DataFolder
                    ?? throw new ArgumentException(
                        $"{component.Name} keeps no data that its instances could have on one volume.",
                        nameof(component)
                    ),
                labels
            )
            : null;

    private static Dictionary<string, StackComponent> Instances(
        StackOptions options,
        INetwork network,
        Dictionary<string, string> labels,
        PortLease ports,
        Secrets secrets
    )
    {
        var instances = new Dictionary<string, StackComponent>(StringComparer.Ordinal);
        foreach (var part in options.Topology.Parts)
        {
            var component = ComponentList.Of(part.Role, options.Broker);
            var around = new Surroundings(options.Root, options.Folder, secrets, options.Sut, role => options.Topology.HostsOf(role, part))
            {
                Broker = options.Broker,
                InstancesOf = role => [.. options.Topology.Parts.Where(each => each.Role == role).SelectMany(each => each.Instances)],
                Lapse = options.Lapse,
                Carries = part.Carries,
                AnnouncedBy = options.Topology.AnnouncedBy,
            };
            var inside = component.PortsIn(around);
            IReadOnlyList<string> fronts =
            [
                .. options
                    .Topology.Parts.Where(each => each.Fronts.Contains(part.Role) || each.Carries == part.Role)
                    .SelectMany(each => each.Instances),
            ];
            foreach (var name in part.Instances)
            {
                var host = inside.ToDictionary(
                    port => port,
                    port => port == inside[0] && options.HostPorts.TryGetValue(name, out var wanted) ? wanted : ports.Take()
                );
                var place = new InstancePlace(name, network, labels, host)
                {
                    Shared = VolumeOf(part, component, labels),
                    FrontNames = fronts,
                };
                instances[name] = component.Build(place, options.Images[component.Name].Image, around);
            }
        }

        return instances;
    }

    /// <summary>What stands of an image in the description: an open broker is not what production runs, nor is what stands for something
    /// else, and who reads a verdict is told that nothing is said of it.</summary>
    internal static ComponentRecord RecordOf(ComponentImage image, BrokerKind broker, SystemUnderTest sut)
    {
        var record = image.ToRecord();
        var caveats = new[]
        {
            record.Caveat,
            ComponentList.All.FirstOrDefault(component => component.Name == image.Component)?.Caveat,
            sut.AnonymousBroker && image.Component == NameOf(broker)
                ? "it lets in whoever names no user, as sut.yaml asks: auth.refused leaves it out"
                : null,
        }
            .OfType<string>()
            .ToList();
        return record with { Caveat = caveats.Count > 0 ? string.Join("; ", caveats) : null };
    }

    private static StackDescription Describe(
        StackOptions options,
        Dictionary<string, StackComponent> instances,
        IReadOnlyDictionary<string, string> credentials
    ) =>
        new(
            Path.GetFileName(options.Folder.Path),
            options.Topology.Name,
            StackProvider.Docker,
            options.Broker,
            options.Capabilities,
            options.Destructive,
            options.Kept,
            options.Root.Path,
            [.. options.Images.Values.Select(image => RecordOf(image, options.Broker, options.Sut))],
            [
                .. options.Topology.Parts.SelectMany(part =>
                    part.Instances.Select(name =>
                        instances[name].Describe() with
                        {
                            Fronts = part.Fronts.Count > 0 ? part.Fronts : null,
                            Carries = part.Carries,
                        }
                    )
                ),
            ],
            credentials
        )
        {
            Stage = options.Folder.Stage,
        };
}
