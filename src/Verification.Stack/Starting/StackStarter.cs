using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Networks;
using Microsoft.Extensions.Logging.Abstractions;
using Verification.Stack.Components;
using Verification.Stack.Certificates;
using Verification.Stack.Components.Brokers;
using Verification.Stack.Components.MySql;
using Verification.Stack.Components.Redis;
using Verification.Stack.Components.Services;
using Verification.Stack.Readiness;
using Verification.Stack.Runs;

namespace Verification.Stack.Starting;

/// <summary>Starts the platform as a graph of steps and describes it in <c>stack.json</c>.</summary>
public static class StackStarter
{
    private const string NetworkStep = "network";
    private const string RedisStep = "redis cluster";
    private const string ActiveMq = "activemq";

    /// <summary>The images that a stack is made of.</summary>
    public static IReadOnlyList<string> ComponentsOf(BrokerKind broker) => ["mysql", "redis", NameOf(broker), "dashboard", "server"];

    /// <summary>A kind of broker as files and options name it.</summary>
    public static string NameOf(BrokerKind broker) => broker.ToString().ToLowerInvariant();

    /// <summary>Starts everything and returns when every component answers.</summary>
    /// <returns>The description, as written to the run's <c>stack.json</c>.</returns>
    /// <exception cref="StartException">A component did not come up: it is named, with what was awaited and its log tail.</exception>
    public static async Task<StackDescription> StartAsync(StackOptions options, IProgress<StepEnded>? progress, CancellationToken cancellationToken)
    {
        using var ports = new PortLease();
        var labels = RunLabels.Of(options.Folder, options.Kept);
        var (secrets, where) = Secrets.Generate(options.Folder);
        var network = new NetworkBuilder().WithName($"{labels[RunLabels.Run]}").WithLabel(labels).WithLogger(NullLogger.Instance).Build();
        var components = Components(options, network, labels, ports, secrets);

        await Graph(components, network, secrets).RunAsync(progress, cancellationToken).ConfigureAwait(false);

        var description = Describe(options, components, where);
        StackFile.Write(options.Folder.Stack, description);
        return description;
    }

    /// <summary>Starts one component alone, with nothing but the network: what a whole start is measured against. Describes it in <c>stack.json</c>.</summary>
    /// <param name="options">The stack it is a part of.</param>
    /// <param name="component">Name of the step: <c>mysql</c>, <c>activemq</c> or <c>redis cluster</c>.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task StartAloneAsync(StackOptions options, string component, CancellationToken cancellationToken)
    {
        using var ports = new PortLease();
        var labels = RunLabels.Of(options.Folder, options.Kept);
        var (secrets, where) = Secrets.Generate(options.Folder);
        var network = new NetworkBuilder().WithName($"{labels[RunLabels.Run]}").WithLabel(labels).WithLogger(NullLogger.Instance).Build();
        var role = component switch
        {
            RedisStep => InstanceRole.Redis,
            ActiveMq => InstanceRole.Broker,
            "mysql" => InstanceRole.Mysql,
            _ => throw new ArgumentException($"There is no component '{component}' that starts alone: mysql, {ActiveMq}, {RedisStep}.", nameof(component)),
        };
        var alone = Components(options, network, labels, ports, secrets).Where(each => each.Role == role).ToList();
        await Graph(alone, network, secrets).RunAsync(progress: null, cancellationToken).ConfigureAwait(false);
        StackFile.Write(options.Folder.Stack, Describe(options, alone, where));
    }

    private static List<StackComponent> Components(StackOptions options, INetwork network, Dictionary<string, string> labels, PortLease ports, Secrets secrets)
    {
        InstancePlace Place(string name, params (int Inside, int? Host)[] wanted) =>
            new(name, network, labels, wanted.ToDictionary(port => port.Inside, port => port.Host ?? ports.Take()));

        string Image(string component) => options.Images[component].Image;

        var mysql = Place("mysql", (MySqlComponent.Port, null));
        var broker = Place(ActiveMq, (BrokerPorts.Stomp, null), (BrokerPorts.StompTls, null));
        using var authority = CertificateAuthority.OpenOf(options.Folder);
        var certificate = authority.Issue([broker.Name, "localhost", "127.0.0.1"], DateTimeOffset.UtcNow.AddDays(30));
        var redis = Enumerable.Range(0, RedisCluster.Nodes).Select(index => Place($"redis-node-{index}", (RedisNodeComponent.Port, null))).ToList();
        var environment = new ContractEnvironment(secrets, mysql.Name, broker.Name, redis.ConvertAll(node => node.Name), options.Sut);
        return
        [
            MySqlComponent.Of(mysql, Image("mysql"), options.Root, secrets),
            new BrokerComponent(options.Broker, Image(NameOf(options.Broker)), options.Root.Config, secrets, certificate, options.Sut.AnonymousBroker).At(broker),
            .. redis.Select(node => RedisNodeComponent.Of(node, Image("redis"), options.Root, secrets)),
            ServiceComponent.Dashboard(Place("dashboard", (ServiceComponent.Port, options.DashboardPort)), Image("dashboard"), environment.Dashboard, secrets.BrokerAuthority),
            ServiceComponent.Server(Place("server", (ServiceComponent.Port, options.ServerPort)), Image("server"), environment.Server, secrets.BrokerAuthority),
        ];
    }

    private static StartGraph Graph(IReadOnlyList<StackComponent> components, INetwork network, Secrets secrets)
    {
        var graph = new StartGraph();
        graph.Add(NetworkStep, [], network.CreateAsync);
        foreach (var component in components.Where(each => each.Role is not InstanceRole.Dashboard and not InstanceRole.Server))
            graph.Add(component.Name, [NetworkStep], component.StartAsync);

        var redis = components.Where(each => each.Role == InstanceRole.Redis).ToList();
        if (redis.Count > 0)
            graph.Add(RedisStep, [.. redis.Select(node => node.Name)], ct => RedisCluster.FormAsync(redis, secrets.RedisPassword, ct));

        foreach (var service in components.Where(each => each.Role is InstanceRole.Dashboard or InstanceRole.Server))
        {
            IReadOnlyList<string> needs = service.Role == InstanceRole.Dashboard ? [ActiveMq] : [ActiveMq, "mysql", RedisStep];
            graph.Add(service.Name, needs, service.StartAsync);
        }

        return graph;
    }

    private static StackDescription Describe(StackOptions options, IReadOnlyList<StackComponent> components, StackCredentials credentials) => new(
        Path.GetFileName(options.Folder.Path),
        "single",
        StackProvider.Docker,
        options.Broker,
        options.Capabilities,
        options.Destructive,
        options.Kept,
        options.Root.Path,
        [.. options.Images.Values.Select(image => image.ToRecord())],
        [.. components.Select(component => component.Describe())],
        credentials);
}
