using System.Globalization;
using Verification.Gate.Platform;
using Verification.Stack;
using Verification.Stack.Components;
using Verification.Stack.Topologies;
using Verification.Tests.Unit.Objectives;
using Xunit;

namespace Verification.Tests.Unit.Stack;

/// <summary>What <c>./verify up</c> says of where it listens.</summary>
public sealed class ShownAddressesTests
{
    private const string Services = "Dashboard http://localhost:9080/buff   Server http://localhost:9081/buffs";
    private static readonly WantedPorts Ports = new(9080, 9081);

    /// <summary>Each under the port of this machine that the engine has given it, and nothing of what nobody looks at.</summary>
    [Fact]
    public void What_is_added_is_told_with_the_address_at_which_people_open_it()
    {
        var told = DockerPlatform.AddressesOf(Ports, StackOf([.. KnownTopologies.Monitoring.Parts, .. KnownTopologies.Logging.Parts]));

        Assert.Equal(
            [
                Services,
                "alertmanager http://127.0.0.1:29093/",
                "prometheus http://127.0.0.1:29090/",
                "elasticsearch http://127.0.0.1:29200/",
            ],
            told
        );
    }

    [Fact]
    public void A_platform_to_which_nothing_is_added_tells_its_services_alone() =>
        Assert.Equal([Services], DockerPlatform.AddressesOf(Ports, StackOf(KnownTopologies.OneOfEach.Parts)));

    private static StackDescription StackOf(IReadOnlyList<TopologyPart> parts) =>
        StackFile.Read(Files.Golden("stack.json")) with
        {
            Instances =
            [
                .. parts.SelectMany(part =>
                    part.Instances.Select(name => new StackInstance(name, part.Role, name, PortsOf(part.Role), string.Empty))
                ),
            ],
        };

    private static Dictionary<string, string> PortsOf(Role role) =>
        ComponentList
            .Of(role, BrokerKind.Artemis)
            .Ports.ToDictionary(
                port => port.ToString(CultureInfo.InvariantCulture),
                port => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{20_000 + port}"),
                StringComparer.Ordinal
            );
}
