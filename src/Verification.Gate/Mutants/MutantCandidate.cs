using Verification.Objectives;

namespace Verification.Gate.Mutants;

/// <summary>A mutant to run.</summary>
/// <param name="Mutant">Its defect, and the objective that must catch it.</param>
/// <param name="Change">The change of a generated one; null where patch or overlay make it.</param>
/// <param name="Inert">Why it changes nothing that an objective could see; null where it must be killed.</param>
internal sealed record MutantCandidate(Mutant Mutant, ConfigChange? Change = null, string? Inert = null)
{
    /// <summary>What is said of it where its objective is PASS with it although nobody has listed it: a gate of the whole profile is asked
    /// then, and where that is PASS, too, it is inert. Null where it must be killed by its objective, or listed.</summary>
    public string? Unruled { get; init; }

    /// <summary>Whether any objective of the profile may decide it.</summary>
    public bool MayBeUnruled => Unruled is not null && Inert is null;
}

/// <summary>A file of the configuration with another text.</summary>
/// <param name="File">Its path from the root of the project.</param>
/// <param name="Text">The text.</param>
internal sealed record ConfigChange(string File, string Text);
