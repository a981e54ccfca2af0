using System.Text.RegularExpressions;

namespace Verification.Infrastructure.Environments;

/// <summary>What the deployment has written down of the cloud underneath, held against what Terraform tells of it.</summary>
public static partial class CloudValues
{
    /// <summary>The output of an environment that holds the text.</summary>
    public const string Output = "values";

    /// <summary>Where the text is written down, from the root of the project.</summary>
    /// <param name="environment">Name of the environment.</param>
    public static string FileOf(string environment) => Path.Combine("environments", environment, "cloud.yaml");

    /// <summary>The lines that differ. The number of the account does not count: a simulator has its own.</summary>
    /// <param name="told">What Terraform tells.</param>
    /// <param name="written">What is written down.</param>
    /// <returns>The differences, and how many lines were told.</returns>
    public static (IReadOnlyList<string> Deviations, int Lines) Compare(string told, string written)
    {
        var (tells, has) = (Lines(told), Lines(written));
        return (
            [
                .. tells.Except(has, StringComparer.Ordinal).Select(line => $"Terraform tells '{line.Trim()}', which is not written down"),
                .. has.Except(tells, StringComparer.Ordinal)
                    .Select(line => $"'{line.Trim()}' is written down, and Terraform does not tell it"),
                .. tells.Count == has.Count && !tells.SequenceEqual(has) && tells.Order().SequenceEqual(has.Order())
                    ? ["the lines are written down in another order"]
                    : (string[])[],
                .. tells.Count != has.Count && !tells.Except(has).Any() && !has.Except(tells).Any()
                    ? ["a line is written down more or less often than Terraform tells it"]
                    : (string[])[],
            ],
            tells.Count
        );
    }

    private static List<string> Lines(string text) =>
        [.. Account().Replace(text, "ACCOUNT").ReplaceLineEndings("\n").Split('\n').Where(line => line.Trim().Length > 0)];

    [GeneratedRegex(@"\b[0-9]{12}\b", RegexOptions.NonBacktracking)]
    private static partial Regex Account();
}
