using System.Text.RegularExpressions;
using Verification.Stack;

namespace Verification.Platform;

/// <summary>What an answer gives away that is nobody's business: a credential, a stack trace, SQL, an address inside.</summary>
public static partial class Leaks
{
    /// <summary>What is in an answer, a phrase each; none where it gives nothing away. What it gives away is not quoted.</summary>
    /// <param name="stack">The stack, whose credentials are looked for by value.</param>
    /// <param name="what">What was asked: <c>POST /buff while the broker is away</c>.</param>
    /// <param name="answer">The answer.</param>
    public static IReadOnlyList<string> In(AttachedStack stack, string what, HttpAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(stack);
        ArgumentNullException.ThrowIfNull(answer);
        var text = $"{string.Join('\n', answer.Headers)}\n{answer.Body}";
        return
        [
            .. stack
                .CredentialsIn(text)
                .Select(name => $"credential {name}")
                .Concat(KindsIn(text))
                .Select(kind => $"the answer to {what} holds a {kind}"),
        ];
    }

    /// <summary>The same of any answer of a scenario. What a listing holds is its users' own, and what a service tells of itself to those
    /// who watch it may name others: of these only credentials count.</summary>
    /// <param name="stack">The stack, whose credentials are looked for by value.</param>
    /// <param name="question">What was asked.</param>
    /// <param name="answer">The answer.</param>
    public static IReadOnlyList<string> In(AttachedStack stack, HttpQuestion question, HttpAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(stack);
        ArgumentNullException.ThrowIfNull(question);
        ArgumentNullException.ThrowIfNull(answer);
        var what = $"{question.Method} {question.Path}";
        return answer.Status is >= 400 or 0
            ? In(stack, $"{what} with {answer.Status}", answer)
            :
            [
                .. stack
                    .CredentialsIn($"{string.Join('\n', answer.Headers)}\n{answer.Body}")
                    .Select(name => $"the answer to {what} holds a credential {name}"),
            ];
    }

    /// <summary>Kinds of what a text gives away, apart from credentials.</summary>
    internal static IEnumerable<string> KindsIn(string text)
    {
        if (StackTrace().IsMatch(text))
            yield return "stack trace";
        if (Sql().IsMatch(text))
            yield return "piece of SQL";
        if (InsideAddress().IsMatch(text))
            yield return "address inside the network";
    }

    // Of .NET, Java, Python and Go.
    [GeneratedRegex(
        @"^\s*at [\w.<>`$]+\(|\.cs:line \d+|Traceback \(most recent call last\)|^goroutine \d+ \[|\.go:\d+|\b\w+\.\w+Exception\b",
        RegexOptions.Multiline | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex StackTrace();

    [GeneratedRegex(
        @"\bSELECT\b.{1,200}\bFROM\b|\bINSERT\s+INTO\b|\bUPDATE\s+\w+\s+SET\b|\bCREATE\s+TABLE\b",
        RegexOptions.Singleline | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Sql();

    [GeneratedRegex(
        @"\b(?:10\.\d{1,3}|172\.(?:1[6-9]|2\d|3[01])|192\.168)\.\d{1,3}\.\d{1,3}\b|\b[\w-]+:(?:3306|6379|6161[346])\b",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex InsideAddress();
}
