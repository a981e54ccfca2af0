using Verification.Gate.Reporting;
using Verification.Objectives;

namespace Verification.Gate.Judging;

/// <summary>What a second judgement says otherwise than the first.</summary>
internal static class VerdictDifferences
{
    public static IReadOnlyList<string> Between(ReleaseVerdict stored, ReleaseVerdict now)
    {
        var differences = new List<string>();
        if (Phrases.Headline(stored) != Phrases.Headline(now))
            differences.Add($"release: was {Phrases.Headline(stored)}, is {Phrases.Headline(now)}");
        var before = stored
            .Objectives.DistinctBy(objective => objective.Objective.Id)
            .ToDictionary(objective => objective.Objective.Id, StringComparer.Ordinal);
        foreach (var objective in now.Objectives)
        {
            if (!before.Remove(objective.Objective.Id, out var old))
                differences.Add($"{objective.Objective.Id}: was not judged, is {Phrases.Word(objective)}");
            else if (Phrases.Word(old) != Phrases.Word(objective))
                differences.Add($"{objective.Objective.Id}: was {Phrases.Word(old)}, is {Phrases.Word(objective)} ({objective.Why})");
            else if (Figures.Limit(old.Objective) != Figures.Limit(objective.Objective))
                differences.Add(
                    $"{objective.Objective.Id}: limit was {Figures.Limit(old.Objective)}, is {Figures.Limit(objective.Objective)} {objective.Objective.Unit}; {Phrases.Word(objective)} as before"
                );
        }

        differences.AddRange(before.Values.Select(old => $"{old.Objective.Id}: was {Phrases.Word(old)}, is not judged"));
        return differences;
    }
}
