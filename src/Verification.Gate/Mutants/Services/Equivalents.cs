using Verification.Objectives;
using Verification.Stack;

namespace Verification.Gate.Mutants.Services;

/// <summary><c>mutants/equivalent.yaml</c>: mutations of the services that change nothing that the contract or a promise is about, each
/// with its reason.</summary>
internal sealed class Equivalents
{
    private readonly IReadOnlyDictionary<string, string> reasons;

    private Equivalents(IReadOnlyDictionary<string, string> reasons) => this.reasons = reasons;

    /// <summary>Reads the file.</summary>
    /// <exception cref="DocumentException">It cannot be used.</exception>
    public static Equivalents Read(ProjectRoot root) =>
        new(DocumentReader.Read(Path.Combine(root.Path, "mutants", "equivalent.yaml"), "equivalent").As<Part>().Mutations);

    /// <summary>Why a mutation is equivalent; null where it is not listed.</summary>
    /// <param name="key">Its key.</param>
    public string? ReasonOf(string key) => reasons.GetValueOrDefault(key);

    private sealed record Part(IReadOnlyDictionary<string, string> Mutations);
}
