using System.Text.RegularExpressions;
using Verification.Objectives;

namespace Verification.Gate.Reporting;

/// <summary>Takes secrets out of what is shown: the run's own, and whatever is named like one.</summary>
internal sealed partial class Redaction
{
    private const string Mask = "•••";
    private readonly IReadOnlyList<string> secrets;

    private Redaction(IReadOnlyList<string> secrets) => this.secrets = secrets;

    public static Redaction Of(RunFolder folder) => new(Directory.Exists(folder.Secrets)
        ? [.. Directory.EnumerateFiles(folder.Secrets, "*", SearchOption.AllDirectories)
            .Select(file => File.ReadAllText(file).Trim())
            .Where(secret => secret.Length is >= 6 and < 4096)
            .OrderByDescending(secret => secret.Length)]
        : []);

    public string Clean(string text)
    {
        foreach (var secret in secrets)
            text = text.Replace(secret, Mask, StringComparison.Ordinal);
        return Inline().Replace(Named().Replace(text, $"${{name}}${{sign}}{Mask}"), $"${{user}}{Mask}@");
    }

    // password=…, "Secret": "…", Authorization: Bearer …
    [GeneratedRegex("""(?i)\b(?<name>[\w-]*(?:pass|password|passwd|passcode|pwd|secret|token|authorization|requirepass|masterauth))(?<sign>"?\s*[=:]\s*"?)(?:(?:Bearer|Basic)\s+)?[^\s"',;&]+""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Named();

    // amqp://user:…@host
    [GeneratedRegex("""(?<user>://[^\s/:@]+:)[^\s/@]+@""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Inline();
}
