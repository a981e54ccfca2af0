using System.Text.RegularExpressions;
using Verification.Objectives;
using Verification.Stack.Leftovers;

namespace Verification.Gate.Reporting;

/// <summary>Takes secrets out of what is shown: the run's own where they still lie there, and whatever is named like one.</summary>
internal sealed partial class Redaction
{
    private readonly SecretMask secrets;

    private Redaction(SecretMask secrets) => this.secrets = secrets;

    public static Redaction Of(RunFolder folder) => new(SecretMask.Of(folder));

    public string Clean(string text) =>
        Inline().Replace(Named().Replace(secrets.Clean(text), $"${{name}}${{sign}}{SecretMask.Mask}"), $"${{user}}{SecretMask.Mask}@");

    // password=…, "Secret": "…", Authorization: Bearer …
    [GeneratedRegex(
        """(?i)\b(?<name>[\w-]*(?:pass|password|passwd|passcode|pwd|secret|token|authorization|requirepass|masterauth))(?<sign>"?\s*[=:]\s*"?)(?:(?:Bearer|Basic)\s+)?[^\s"',;&]+""",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Named();

    // amqp://user:…@host
    [GeneratedRegex("""(?<user>://[^\s/:@]+:)[^\s/@]+@""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Inline();
}
