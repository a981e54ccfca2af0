using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace Verification.Cluster.Gateways;

/// <summary>Where a gateway is.</summary>
/// <param name="Address">A port that leads there.</param>
/// <param name="Host">The host that it serves.</param>
/// <param name="Authority">The authority of its certificate.</param>
public sealed record GatewayPlace(IPEndPoint Address, string Host, X509Certificate2 Authority);
