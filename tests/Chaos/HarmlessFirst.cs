namespace Verification.Tests.Chaos;

/// <summary>What only looks comes first; of the faults, that of the part which more stands on comes last.</summary>
public sealed class HarmlessFirst()
    : PlacesInOrder("Chaos", "Settings", "Services", "Caches", "Links", "Databases", "Brokers", "Power", "Healing");
