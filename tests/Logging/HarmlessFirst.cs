namespace Verification.Tests.Logging;

/// <summary>What only looks comes first, faults last.</summary>
public sealed class HarmlessFirst() : PlacesInOrder("Logging", "Following", "Masking", "Reading", "Losing");
