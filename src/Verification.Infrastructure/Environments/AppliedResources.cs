namespace Verification.Infrastructure.Environments;

/// <summary>What an apply has come to.</summary>
/// <param name="Planned">How many resources were to be made.</param>
/// <param name="Made">How many were.</param>
/// <param name="Errors">What went wrong, each a phrase.</param>
public sealed record AppliedResources(int Planned, int Made, IReadOnlyList<string> Errors)
{
    /// <summary>What has not come to be, each a phrase.</summary>
    public IReadOnlyList<string> Deviations =>
        Made == Planned || Errors.Count > 0 ? Errors : [$"{Made} of {Planned} resources were made, and no error was told"];
}
