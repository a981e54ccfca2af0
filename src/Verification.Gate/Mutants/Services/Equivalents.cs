using Verification.Objectives;
using Verification.Stack;

namespace Verification.Gate.Mutants.Services;

/// <summary><c>mutants/equivalent.yaml</c>: mutations of the services that change nothing that the contract or a promise is about, each
/// with its reason.</summary>
internal sealed class Equivalents
{
    /// <summary>Most of a sample, in percent, that may be listed because it has survived that sample.</summary>
    public const int MostNewPercent = 10;

    private readonly IReadOnlyDictionary<string, string> reasons;

    private Equivalents(IReadOnlyDictionary<string, string> reasons) => this.reasons = reasons;

    /// <summary>Reads the file.</summary>
    /// <exception cref="DocumentException">It cannot be used.</exception>
    public static Equivalents Read(ProjectRoot root) =>
        new(DocumentReader.Read(Path.Combine(root.Path, "mutants", "equivalent.yaml"), "equivalent").As<Part>().Mutations);

    /// <summary>Why a mutation is equivalent; null where it is not listed.</summary>
    /// <param name="key">Its key.</param>
    public string? ReasonOf(string key) => reasons.GetValueOrDefault(key);

    /// <summary>How many that are listed now had survived a sample: they were not known before it was drawn.</summary>
    /// <param name="seed">Seed of the sample.</param>
    /// <param name="listed">Names of those listed that its draw came by.</param>
    /// <param name="stored">What has become of mutants so far.</param>
    public static int NewIn(int seed, IEnumerable<string> listed, IEnumerable<MutantResult> stored)
    {
        var survived = stored
            .Where(result => result.Sample == seed && result.Outcome == MutantOutcome.Survived)
            .Select(result => result.Mutant)
            .ToHashSet(StringComparer.Ordinal);
        return listed.Count(survived.Contains);
    }

    /// <summary>What is said where too many of a sample are new in the list; null where they are not.</summary>
    public static string? TooMany(int found, int sample) =>
        found * 100 > sample * MostNewPercent ? $"equivalents: {found} of {sample}, more than {MostNewPercent} %" : null;

    private sealed record Part(IReadOnlyDictionary<string, string> Mutations);
}
