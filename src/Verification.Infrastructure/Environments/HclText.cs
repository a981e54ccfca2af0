using System.Text.RegularExpressions;

namespace Verification.Infrastructure.Environments;

/// <summary>A text of Terraform, as far as it is read without Terraform: blocks, and attributes of one value.</summary>
internal sealed partial class HclText
{
    private readonly string text;

    private HclText(string text) => this.text = text;

    /// <summary>All files of a folder, without their comments.</summary>
    /// <param name="folder">The folder.</param>
    public static HclText Of(string folder) =>
        new(
            string.Join(
                '\n',
                Directory
                    .EnumerateFiles(folder, "*.tf")
                    .Order(StringComparer.Ordinal)
                    .SelectMany(File.ReadAllLines)
                    .Where(line => !line.TrimStart().StartsWith('#') && !line.TrimStart().StartsWith("//", StringComparison.Ordinal))
            )
        );

    /// <summary>What is within each block that begins so.</summary>
    /// <param name="head">Its type and labels, as they are written: <c>backend "s3"</c>.</param>
    public IReadOnlyList<HclText> Blocks(string head)
    {
        List<HclText> found = [];
        for (var at = text.IndexOf(head, StringComparison.Ordinal); at >= 0; at = text.IndexOf(head, at + 1, StringComparison.Ordinal))
        {
            var (begin, depth) = (text.IndexOf('{', at), 0);
            for (var end = begin; end >= 0 && end < text.Length; end++)
            {
                depth += text[end] switch
                {
                    '{' => 1,
                    '}' => -1,
                    _ => 0,
                };
                if (depth > 0)
                    continue;
                found.Add(new HclText(text[(begin + 1)..end]));
                break;
            }
        }

        return found;
    }

    /// <summary>The value of an attribute, without quotes; empty where there is none.</summary>
    /// <param name="name">Its name.</param>
    public string Value(string name) =>
        Attributes().Matches(text).FirstOrDefault(match => match.Groups["name"].Value == name)?.Groups["value"].Value.Trim('"')
        ?? string.Empty;

    [GeneratedRegex(@"(?m)(?:^|[{,])\s*(?<name>[a-z][a-z0-9_-]*)\s*=\s*(?<value>""[^""\n]*""|[^\s,{}]+)", RegexOptions.NonBacktracking)]
    private static partial Regex Attributes();
}
