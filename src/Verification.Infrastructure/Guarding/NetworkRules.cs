using System.Net;
using System.Text.Json;
using Verification.Infrastructure.Plans;

namespace Verification.Infrastructure.Guarding;

/// <summary>What keeps a network closed, and whole when it loses a zone.</summary>
public static class NetworkRules
{
    private const string Zone = "availability_zone";

    /// <summary>Every way in from outside the network, every private subnet that the internet reaches, and every role of which the zones
    /// are too few.</summary>
    /// <param name="resources">The resources of a plan or state.</param>
    public static (IReadOnlyList<string> Deviations, int Observations) Look(IReadOnlyList<DescribedResource> resources)
    {
        var networks = resources
            .Where(resource => resource.Type is "aws_vpc" or "aws_vpc_ipv4_cidr_block_association" or "aws_vpc_ipv6_cidr_block_association")
            .SelectMany(network => Texts(network.Values, "cidr_block", "ipv6_cidr_block"))
            .ToList();
        var ways = resources.Where(IsWay).ToList();
        var open = ways.SelectMany(way =>
            Origins(way)
                .SelectMany(origin =>
                    Texts(origin, "cidr_ipv4", "cidr_ipv6", "cidr_block", "ipv6_cidr_block", "cidr_blocks", "ipv6_cidr_blocks")
                        .Where(cidr => !networks.Exists(network => IsWithin(cidr, network)))
                        .Select(cidr => $"{way.Address} lets in {cidr}, which is not within the network")
                        .Concat(
                            Texts(origin, "prefix_list_id", "prefix_list_ids")
                                .Select(list => $"{way.Address} lets in the prefix list {list}, whose addresses others say")
                        )
                )
        );
        var subnets = resources.Where(resource => resource.Type == "aws_subnet").ToList();
        var roles = subnets.GroupBy(subnet => subnet.Address.Split('[')[0]).ToList();
        var narrow = roles
            .Where(group => group.Select(subnet => subnet.Text(Zone)).Distinct(StringComparer.Ordinal).Count() < 3)
            .Select(group => $"{group.Key} is in fewer than three zones");
        return ([.. open, .. Reached(resources, subnets), .. narrow], ways.Count + roles.Count);
    }

    /// <summary>Whether each zone has a way out of its own: a zone that is lost takes none from the others.</summary>
    /// <param name="resources">The resources of a plan, which knows no zone of an exit, and so counts them; or of a state.</param>
    public static (IReadOnlyList<string> Deviations, int Observations) LookAtExits(IReadOnlyList<DescribedResource> resources)
    {
        var subnets = resources.Where(resource => resource.Type == "aws_subnet").ToList();
        var exits = resources.Where(resource => resource.Type == "aws_nat_gateway").ToList();
        var served = exits
            .Select(exit =>
                exit.Text("subnet_id") is { Length: > 0 } id && subnets.Find(subnet => subnet.Text("id") == id) is { } subnet
                    ? subnet.Text(Zone)
                    : exit.Address
            )
            .Distinct(StringComparer.Ordinal)
            .Count();
        var zones = subnets.Select(subnet => subnet.Text(Zone)).Distinct(StringComparer.Ordinal).Count();
        return (served < Math.Max(3, zones) ? [$"{served} zones have an aws_nat_gateway, and each should have its own"] : [], exits.Count);
    }

    /// <summary>Whether it says who gets in. What every network has from its first day does not: it lets all come as far as the groups,
    /// which keep them out.</summary>
    private static bool IsWay(DescribedResource resource) =>
        resource.Type switch
        {
            "aws_security_group_rule" => resource.Text("type") == "ingress",
            "aws_network_acl_rule" => resource.Text("egress") != bool.TrueString && IsAllowed(resource.Values),
            "aws_vpc_security_group_ingress_rule" or "aws_security_group" or "aws_default_security_group" or "aws_network_acl" => true,
            _ => false,
        };

    /// <summary>Whatever of a way in says who comes by it.</summary>
    private static IEnumerable<JsonElement> Origins(DescribedResource way) =>
        way.Type switch
        {
            "aws_security_group" or "aws_default_security_group" => Blocks(way, "ingress"),
            "aws_network_acl" => Blocks(way, "ingress").Where(IsAllowed),
            _ => [way.Values],
        };

    private static bool IsAllowed(JsonElement rule) =>
        !Texts(rule, "action", "rule_action").Contains("deny", StringComparer.OrdinalIgnoreCase);

    /// <summary>Private subnets whose routes lead to an internet gateway; of a plan none, as it does not know the tables.</summary>
    private static IEnumerable<string> Reached(IReadOnlyList<DescribedResource> resources, IEnumerable<DescribedResource> subnets)
    {
        var gateways = resources.Where(resource => resource.Type == "aws_internet_gateway").Select(gateway => gateway.Text("id")).ToList();
        var tables = resources
            .Where(resource => resource.Type == "aws_route" && IsInternet(resource.Values))
            .Select(route => route.Text("route_table_id"))
            .Concat(
                resources
                    .Where(resource =>
                        resource.Type is "aws_route_table" or "aws_default_route_table" && Blocks(resource, "route").Any(IsInternet)
                    )
                    .Select(table => table.Text("id"))
            )
            .Where(table => table.Length > 0)
            .ToHashSet(StringComparer.Ordinal);
        var tableOf = resources
            .Where(resource => resource.Type == "aws_route_table_association" && resource.Text("subnet_id").Length > 0)
            .ToLookup(association => association.Text("subnet_id"), association => association.Text("route_table_id"));
        // A subnet that has no table has the one of its network.
        var main = resources
            .Where(resource => resource.Type == "aws_main_route_table_association")
            .Select(association => association.Text("route_table_id"))
            .Concat(resources.Where(resource => resource.Type == "aws_default_route_table").Select(table => table.Text("id")))
            .ToList();
        return subnets
            .Where(subnet =>
                IsPrivate(subnet)
                && (tableOf[subnet.Text("id")].Any() ? tableOf[subnet.Text("id")] : main).Any(table => tables.Contains(table))
            )
            .Select(subnet => $"{subnet.Address} is private, and its routes lead to an internet gateway");

        bool IsInternet(JsonElement route) =>
            Texts(route, "gateway_id").Any(id => id.StartsWith("igw-", StringComparison.Ordinal) || gateways.Contains(id));
    }

    private static bool IsPrivate(DescribedResource subnet) =>
        subnet.Address.Split('[')[0].Contains("private", StringComparison.OrdinalIgnoreCase)
        || subnet.Text("tags.Name").Contains("private", StringComparison.OrdinalIgnoreCase)
        || subnet.Values.ToString().Contains("kubernetes.io/role/internal-elb", StringComparison.Ordinal);

    private static bool IsWithin(string cidr, string network) =>
        IPNetwork.TryParse(cidr, out var inner)
        && IPNetwork.TryParse(network, out var outer)
        && outer.PrefixLength <= inner.PrefixLength
        && outer.Contains(inner.BaseAddress);

    private static IEnumerable<JsonElement> Blocks(DescribedResource resource, string name) =>
        resource.At(name) is { ValueKind: JsonValueKind.Array } blocks ? blocks.EnumerateArray() : [];

    /// <summary>The texts that any of the attributes has, alone or in a list.</summary>
    private static IEnumerable<string> Texts(JsonElement values, params string[] names) =>
        names
            .SelectMany(name =>
                values.TryGetProperty(name, out var value)
                    ? value.ValueKind switch
                    {
                        JsonValueKind.String => [value.GetString()!],
                        JsonValueKind.Array => value
                            .EnumerateArray()
                            .Where(each => each.ValueKind == JsonValueKind.String)
                            .Select(each => each.GetString()!),
                        _ => [],
                    }
                    : Enumerable.Empty<string>()
            )
            .Where(text => text.Length > 0);
}
