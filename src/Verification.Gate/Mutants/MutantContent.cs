using Verification.Gate.Commands;
using Verification.Gate.Suites;
using Verification.Objectives;
using Verification.Stack;
using Verification.Stack.Images;

namespace Verification.Gate.Mutants;

/// <summary>Names what the result of a mutant rests on: another platform, defect, limit, or suite of those that measure its objective gives
/// another name. What starts mutants and reads their results decides none, and does not count.</summary>
internal sealed class MutantContent(ProjectRoot root)
{
    private readonly Gates gates = GatesFile.Read(root.Gates);
    private readonly Dictionary<ProfileSuite, string> known = [];

    /// <summary>The profile by which a mutant is judged: the first that requires its objective.</summary>
    /// <exception cref="UsageException">There is none.</exception>
    public Profile ProfileOf(Mutant mutant) =>
        gates.Profiles.Values.FirstOrDefault(profile => profile.Requirements.ContainsKey(mutant.Objective))
        ?? throw new UsageException(
            $"mutant {mutant.Name}: no profile of {root.Gates} asks for {mutant.Objective}. Name another objective, or list it in a profile."
        );

    /// <summary>The name of what the result rests on where one objective must catch the mutant.</summary>
    /// <exception cref="UsageException">No profile asks for that objective.</exception>
    public string Of(MutantCandidate candidate) => Of(candidate, SuitesOf(candidate.Mutant), [candidate.Mutant.Objective]);

    /// <summary>The suites of that profile that measure its objective.</summary>
    /// <inheritdoc cref="ProfileOf"/>
    public IEnumerable<ProfileSuite> SuitesOf(Mutant mutant) =>
        ProfileOf(mutant)
            .Suites.Where(suite =>
                suite.IsAskedFor(mutant.Objective) && SuiteObjectives.MayDecide(root.Path, suite.Suite, [mutant.Objective])
            );

    /// <summary>The same where any objective of a profile may catch it.</summary>
    public string Of(MutantCandidate candidate, string profile) =>
        Of(candidate, gates.Profiles[profile].Suites, gates.Profiles[profile].Requirements.Keys);

    /// <summary>The same where any objective of the profile by which it is judged may catch it.</summary>
    /// <inheritdoc cref="ProfileOf"/>
    public string OfWhole(MutantCandidate candidate) => Of(candidate, ProfileOf(candidate.Mutant).Name);

    /// <summary>The result that is at hand for what it would rest on now; null where none is. Of one that may break no rule it rests on its
    /// own objective only where that has killed it.</summary>
    /// <inheritdoc cref="ProfileOf"/>
    public MutantResult? ResultOf(MutantCandidate candidate, IReadOnlyDictionary<(string Mutant, string Content), MutantResult> stored)
    {
        var own = stored.GetValueOrDefault((candidate.Mutant.Name, Of(candidate)));
        if (!candidate.MayBeUnruled || own?.Outcome == MutantOutcome.Killed)
            return own;
        return stored.GetValueOrDefault((candidate.Mutant.Name, OfWhole(candidate)));
    }

    private string Of(MutantCandidate candidate, IEnumerable<ProfileSuite> suites, IEnumerable<string> objectives)
    {
        var mutant = candidate.Mutant;
        using var hash = new ContentHash();
        foreach (var suite in suites)
        {
            hash.Add($"{suite.Name} {suite.Brokers} {suite.Topology} {Of(suite)}");
            if (suite.Objectives is { } asked)
                hash.Add(string.Join(' ', asked));
        }

        foreach (var objective in objectives.Order(StringComparer.Ordinal))
            hash.Add(SuiteContent.Of(gates.Objectives[objective]));
        hash.AddFile(root.Path, root.Sut)
            .Add(mutant.Name)
            .Add(mutant.Objective)
            .Add(candidate.Change?.Text ?? string.Empty)
            .Add(candidate.Inert is null ? "must be killed" : "inert");
        if (mutant.Patch is not null)
            hash.AddFile(root.Path, mutant.Patch);
        if (mutant.Overlay is not null)
            hash.AddFolder(root.Path, mutant.Overlay);
        return hash.Digits();
    }

    private string Of(ProfileSuite suite)
    {
        if (!known.TryGetValue(suite, out var content))
            known[suite] = content = SuiteContent.Of(root, suite.Suite, suite.Brokers == SuiteBrokers.None ? null : suite.Topology);
        return content;
    }
}
