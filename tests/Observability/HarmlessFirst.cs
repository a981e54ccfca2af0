namespace Verification.Tests.Observability;

/// <summary>What only looks comes first; of the faults, the one that every profile asks for.</summary>
public sealed class HarmlessFirst()
    : PlacesInOrder(
        "Observability",
        "Deployed",
        "Scraping",
        "Runbooks",
        "Alerting.RuleTests",
        "Alerting.QuietTests",
        "Alerting.MySqlKilledTests",
        "Alerting.FaultTests",
        "Alerting.PairFaultTests",
        "Alerting.LogFaultTests"
    );
