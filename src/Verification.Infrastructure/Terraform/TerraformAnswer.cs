namespace Verification.Infrastructure.Terraform;

/// <summary>What a command of Terraform has answered.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">What it said on standard output.</param>
/// <param name="Log">The file that has all it said.</param>
public sealed record TerraformAnswer(int ExitCode, string Output, string Log)
{
    private IReadOnlyList<TerraformLine>? lines;

    /// <summary>The lines of one that was asked for <c>-json</c>.</summary>
    public IReadOnlyList<TerraformLine> Lines => lines ??= TerraformLine.Of(Output);

    /// <summary>What went wrong, each error a phrase; of one that failed and said nothing, that.</summary>
    public IReadOnlyList<string> Errors
    {
        get
        {
            IReadOnlyList<string> told = [.. Lines.Where(line => line.IsError).Select(line => line.Error)];
            return told.Count > 0 || ExitCode == 0
                ? told
                : [$"terraform ended with exit code {ExitCode}: {Path.GetFileName(Log)} has what it said"];
        }
    }
}
