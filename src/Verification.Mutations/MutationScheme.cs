using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.CodeAnalysis.CSharp;
using Verification.Mutations.Operators;

namespace Verification.Mutations;

/// <summary>A program with all its mutations in it, each of them asleep: one build for all, and an environment variable wakes
/// one.</summary>
public sealed class MutationScheme
{
    /// <summary>The environment variable with the id of the mutation that is awake.</summary>
    public const string Variable = "SERVICE_MUTATION";

    /// <summary>Where the switch is written, relative to the folder of the sources.</summary>
    public const string SwitchFile = "Shared/Mutations.cs";

    private static readonly IMutationOperator[] Operators =
    [
        new NegatedCondition(),
        new WeakenedCondition(),
        new MovedBoundary(),
        new ChangedNumber(),
        new ChangedArithmetic(),
        new EmptyText(),
        new EndlessTime(),
        new ChangedReturn(),
        new ForgottenFallback(),
        new ChangedCollection(),
        new RemovedStatement(),
        new ForgottenAwait(),
        new SwallowedException(),
        new EmptyCatch(),
        new TriedOnce(),
        new TriedForEver(),
        new SwappedStatements(),
    ];

    private MutationScheme(IReadOnlyList<Mutation> mutations, IReadOnlyList<SourceFile> files) => (Mutations, Files) = (mutations, files);

    /// <summary>The mutations that can be woken, by id.</summary>
    public IReadOnlyList<Mutation> Mutations { get; }

    /// <summary>The files with all of them, and the switch.</summary>
    public IReadOnlyList<SourceFile> Files { get; }

    /// <summary>The names of the kinds of mutation.</summary>
    public static IReadOnlyList<string> Kinds { get; } = [.. Operators.Select(each => each.Kind)];

    /// <summary>Puts every mutation into a program that is not left out.</summary>
    /// <param name="sources">The files.</param>
    /// <param name="without">Keys of those that are left out: with them it would not compile.</param>
    /// <param name="constants">Names of constants that stay what they are: as fields they would not compile.</param>
    public static MutationScheme Of(IReadOnlyList<SourceFile> sources, IReadOnlySet<string> without, IReadOnlySet<string> constants)
    {
        ArgumentNullException.ThrowIfNull(sources);
        var (mutations, files, seen, next) = (
            new List<Mutation>(),
            new List<SourceFile>(),
            new Dictionary<string, int>(StringComparer.Ordinal),
            0
        );
        foreach (var source in sources.OrderBy(source => source.Path, StringComparer.Ordinal))
        {
            var root = new ConstantsAsFields(constants).Visit(CSharpSyntaxTree.ParseText(source.Text).GetRoot())!;
            var rewriter = new SchemeRewriter(
                Operators,
                (kind, node, after) =>
                {
                    var (id, before) = (++next, Syntax.OneLine(node));
                    var place = $"{source.Path}|{kind}|{before}|{Syntax.OneLine(after)}";
                    var occurrence = seen[place] = seen.GetValueOrDefault(place) + 1;
                    var key = Convert.ToHexStringLower(
                        SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{place}|{occurrence}")))
                    )[..8];
                    if (without.Contains(key))
                        return null;
                    var mutation = new Mutation(
                        id,
                        key,
                        source.Path,
                        node.GetLocation().GetLineSpan().StartLinePosition.Line + 1,
                        kind,
                        before,
                        Syntax.OneLine(after)
                    );
                    mutations.Add(mutation);
                    return mutation;
                }
            );
            files.Add(source with { Text = rewriter.Visit(CSharpSyntaxTree.ParseText(root.ToFullString()).GetRoot())!.ToFullString() });
        }

        files.Add(new SourceFile(SwitchFile, Switch));
        return new MutationScheme(mutations, files);
    }

    private const string Switch = $$"""
        namespace SportBuff;

        internal static class Mutations
        {
            private static readonly int Awake = int.TryParse(System.Environment.GetEnvironmentVariable("{{Variable}}"), out var id) ? id : 0;

            public static bool On(int id) => id == Awake;
        }
        """;
}
