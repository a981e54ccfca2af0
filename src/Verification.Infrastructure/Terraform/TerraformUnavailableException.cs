namespace Verification.Infrastructure.Terraform;

/// <summary>Terraform or its provider can't be had on this machine.</summary>
/// <param name="why">What is missing, and what to do, in a sentence.</param>
/// <param name="named">Whether somebody has named where it is: then it should have been there.</param>
public sealed class TerraformUnavailableException(string why, bool named) : MissingPartException(why, named, cause: null);
