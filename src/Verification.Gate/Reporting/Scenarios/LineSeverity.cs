using System.Buffers;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Verification.Gate.Reporting.Scenarios;

/// <summary>How hard a line of a log is meant, by what it says of itself.</summary>
internal enum LineSeverity
{
    /// <summary>It tells of no trouble, or does not say.</summary>
    Other,

    /// <summary>A warning.</summary>
    Warning,

    /// <summary>An error, or worse.</summary>
    Error,
}

/// <summary>Reads the severity of a line in the formats of the services (JSON), of MySQL, Redis, Artemis and Classic.</summary>
internal static partial class LineSeverities
{
    // The level stands before the message.
    private const int Head = 160;
    private static readonly string[] Levels = ["LogLevel", "level", "severity"];
    private static readonly string[] Messages = ["Message", "message"];
    private static readonly SearchValues<string> Hints = SearchValues.Create(
        ["warn", "error", "critical", "fatal", "severe"],
        StringComparison.OrdinalIgnoreCase
    );

    /// <summary>The severity of a line, and what it says: of JSON its message.</summary>
    public static (LineSeverity Severity, string Text) Of(string line)
    {
        if (!line.AsSpan().ContainsAny(Hints))
            return (Redis().IsMatch(line) ? LineSeverity.Warning : LineSeverity.Other, line);
        if (line.StartsWith('{') && OfJson(line) is { } told)
            return told;
        var word = Word().Match(line, 0, Math.Min(Head, line.Length));
        return (
            word.Groups["error"].Success ? LineSeverity.Error
            : word.Success || Redis().IsMatch(line) ? LineSeverity.Warning
            : LineSeverity.Other,
            line
        );
    }

    private static (LineSeverity Severity, string Text)? OfJson(string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var root = document.RootElement;
            var level = First(root, Levels)?.ToUpperInvariant() ?? string.Empty;
            var cause = First(root, "Exception")?.Split('\n')[0];
            return (
                level.StartsWith("WARN", StringComparison.Ordinal) ? LineSeverity.Warning
                : level is "ERROR" or "CRITICAL" or "FATAL" ? LineSeverity.Error
                : LineSeverity.Other,
                string.Join(": ", new[] { First(root, Messages) ?? line, cause }.OfType<string>())
            );
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? First(JsonElement root, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String)
                return value.GetString();
        }

        return null;
    }

    // MySQL: [Warning], [ERROR]. Artemis: WARN [org…]. Classic: WARN | …
    [GeneratedRegex(
        @"(?<![\w-])(?:(?<error>ERROR|FATAL|CRITICAL|SEVERE)|WARN|WARNING)(?![\w-])|\[(?:(?<error>Error)|Warning)\]",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Word();

    // 1:M 24 Nov 2026 08:30:15.123 # …
    [GeneratedRegex(
        @"^\d+:[A-Z] \d{2} \w{3} \d{4} \d{2}:\d{2}:\d{2}\.\d{3} # ",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Redis();
}
