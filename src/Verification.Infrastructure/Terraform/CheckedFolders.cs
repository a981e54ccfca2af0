namespace Verification.Infrastructure.Terraform;

/// <summary>What a look at the folders has found.</summary>
/// <param name="Deviations">What is not as it should be, each a phrase.</param>
/// <param name="Observations">How much was looked at.</param>
public sealed record CheckedFolders(IReadOnlyList<string> Deviations, int Observations);
