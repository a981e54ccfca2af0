namespace Verification.Tests.Logging;

/// <summary>What only looks comes first, faults last.</summary>
public sealed class HarmlessFirst() : PlacesInOrder("Logging", "Deployed", "Following", "Masking", "Reading", "Losing");
