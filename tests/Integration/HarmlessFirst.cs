namespace Verification.Tests.Integration;

/// <summary>What somebody might send comes before what breaks things, and behind what everybody sends.</summary>
public sealed class HarmlessFirst()
    : PlacesInOrder(
        "Integration",
        "Starting.StartTests",
        "Contract",
        "Persistence",
        "Settings",
        "Caching",
        "Securing",
        "Deployed",
        "Contract.GeneratedTests",
        "Contract.PathTests",
        "Contract.BadInputTests",
        "Queueing",
        "Operating",
        "Failing",
        "Scaling",
        "Starting",
        "Upgrading",
        "Leftovers"
    );
