namespace Verification.Objectives;

/// <summary>What was found of one thing.</summary>
/// <param name="Where">Name of the thing, such as that of an instance.</param>
/// <param name="What">What was found, in a few words.</param>
public sealed record Finding(string Where, string What)
{
    /// <inheritdoc />
    public override string ToString() => $"{Where}: {What}";

    /// <summary>Equal findings of several things in one line with the names of them all, in the order in which they came first.</summary>
    public static IReadOnlyList<string> Gather(IEnumerable<Finding> findings) =>
        [
            .. findings
                .GroupBy(finding => finding.What, finding => finding.Where, StringComparer.Ordinal)
                .Select(group => $"{string.Join(", ", group.Distinct(StringComparer.Ordinal))}: {group.Key}"),
        ];

    /// <summary>The lines of several groups, by turns: who reads the first few has seen each group.</summary>
    public static IReadOnlyList<string> ByTurns(IEnumerable<IReadOnlyList<string>> groups) =>
        [
            .. groups
                .SelectMany(group => group.Select((line, index) => (Line: line, Index: index)))
                .OrderBy(each => each.Index)
                .Select(each => each.Line),
        ];
}
