namespace Verification.Infrastructure.Terraform;

/// <summary>Terraform can't use what the project's files say: that is a defect of theirs.</summary>
/// <param name="said">What it said.</param>
public sealed class TerraformRefusedException(string said) : Exception(said);
