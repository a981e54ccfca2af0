using Verification.Gate.Progress;

namespace Verification.Gate.Mutants;

/// <summary>Runs seeded defects against the objectives that must catch them.</summary>
internal interface IMutantRunner
{
    /// <summary>Names of all mutants, in order, each with its objective.</summary>
    IReadOnlyDictionary<string, string> Known { get; }

    /// <summary>Runs the named mutants, or all where none is named.</summary>
    /// <returns>Exit code: 0 if each was killed.</returns>
    Task<int> RunAsync(IReadOnlyList<string> names, ProgressLines progress, CancellationToken cancellationToken);
}
