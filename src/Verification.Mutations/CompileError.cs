using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Verification.Mutations;

/// <summary>An error of the compiler, as MSBuild tells it.</summary>
/// <param name="File">Path of the file.</param>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1.</param>
public sealed partial record CompileError(string File, int Line, int Column)
{
    /// <summary>The errors in what MSBuild has written, each once.</summary>
    public static IReadOnlyList<CompileError> In(string output) =>
        [
            .. Said()
                .Matches(output)
                .Select(match => new CompileError(match.Groups["file"].Value, Number(match, "line"), Number(match, "column")))
                .Distinct(),
        ];

    /// <summary>The mutations at fault: the innermost around the error; where it lies around none, those of the statements of its member,
    /// or all of it.</summary>
    /// <param name="text">The text of the file, with its switches.</param>
    /// <param name="mutations">The mutations.</param>
    public IReadOnlyCollection<int> Culprits(string text, IReadOnlyList<Mutation> mutations)
    {
        ArgumentNullException.ThrowIfNull(text);
        var lines = text.Split('\n');
        var offset = lines.Take(Line - 1).Sum(line => line.Length + 1) + Column - 1;
        var open = new Stack<int>();
        foreach (Match mark in Mark().Matches(text[..Math.Min(offset + 1, text.Length)]))
        {
            if (mark.Groups["begin"].Success)
                open.Push(Number(mark, "begin"));
            else
                open.Pop();
        }

        if (open.TryPeek(out var innermost))
            return [innermost];
        var member = CSharpSyntaxTree
            .ParseText(text)
            .GetRoot()
            .FindToken(Math.Min(offset, text.Length - 1))
            .Parent?.FirstAncestorOrSelf<MemberDeclarationSyntax>(each =>
                each is not (BaseTypeDeclarationSyntax or BaseNamespaceDeclarationSyntax)
            );
        var inside = Mark()
            .Matches(member?.ToFullString() ?? string.Empty)
            .Where(mark => mark.Groups["begin"].Success)
            .Select(mark => Number(mark, "begin"))
            .ToHashSet();
        var byKind = mutations.ToDictionary(mutation => mutation.Id, mutation => mutation.Kind);
        var ofStatements = inside
            .Where(id =>
                byKind[id]
                    is "removed-statement"
                        or "swallowed-exception"
                        or "empty-catch"
                        or "tried-once"
                        or "tried-for-ever"
                        or "swapped-statements"
                        or "changed-return"
            )
            .ToList();
        return ofStatements.Count > 0 ? ofStatements : inside;
    }

    /// <summary>The names on the line of the error: where no mutation is at fault, a constant that is a field now may be.</summary>
    /// <param name="text">The text of the file, with its switches.</param>
    public IReadOnlyCollection<string> Names(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return [.. Name().Matches(text.Split('\n')[Line - 1]).Select(match => match.Value)];
    }

    private static int Number(Match match, string group) => int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(
        @"^\s*(?<file>/[^(\n]+)\((?<line>\d+),(?<column>\d+)\): error ",
        RegexOptions.Multiline | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 10_000
    )]
    private static partial Regex Said();

    [GeneratedRegex(@"\b[A-Z]\w+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name();

    [GeneratedRegex(@"/\*<(?<begin>\d+)\*/|/\*(?<end>\d+)>\*/", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Mark();
}
