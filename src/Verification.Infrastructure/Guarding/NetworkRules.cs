using Verification.Infrastructure.Plans;

namespace Verification.Infrastructure.Guarding;

/// <summary>What keeps a network closed, and whole when it loses a zone.</summary>
public static class NetworkRules
{
    private const string Zone = "availability_zone";

    /// <summary>Every way in from all addresses, and every role of which the zones are too few.</summary>
    /// <param name="resources">The resources of a plan or state.</param>
    public static (IReadOnlyList<string> Deviations, int Observations) Look(IReadOnlyList<DescribedResource> resources)
    {
        var ways = resources
            .Where(resource =>
                resource.Type
                    is "aws_vpc_security_group_ingress_rule"
                        or "aws_security_group"
                        or "aws_default_security_group"
                        or "aws_security_group_rule"
            )
            .ToList();
        var open = ways.Where(way =>
                way.Values.ToString().Contains("\"0.0.0.0/0\"", StringComparison.Ordinal)
                || way.Values.ToString().Contains("\"::/0\"", StringComparison.Ordinal)
            )
            .Select(way => $"{way.Address} lets in all addresses");
        var subnets = resources.Where(resource => resource.Type == "aws_subnet").GroupBy(subnet => subnet.Address.Split('[')[0]).ToList();
        var narrow = subnets
            .Where(group => group.Select(subnet => subnet.Text(Zone)).Distinct(StringComparer.Ordinal).Count() < 3)
            .Select(group => $"{group.Key} is in fewer than three zones");
        return ([.. open, .. narrow], ways.Count + subnets.Count);
    }
}
