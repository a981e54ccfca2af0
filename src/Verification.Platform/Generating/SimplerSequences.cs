namespace Verification.Platform.Generating;

/// <summary>What is shorter than a sequence, or posts less: to find the smallest that still deviates.</summary>
public static class SimplerSequences
{
    /// <summary>The simpler ones, what saves most first; none where nothing is simpler.</summary>
    public static IEnumerable<IReadOnlyList<SequenceStep>> Of(IReadOnlyList<SequenceStep> steps)
    {
        ArgumentNullException.ThrowIfNull(steps);
        return Shorter(steps).Concat(Plainer(steps));
    }

    private static IEnumerable<IReadOnlyList<SequenceStep>> Shorter(IReadOnlyList<SequenceStep> steps)
    {
        if (steps.Count < 2)
            yield break;
        yield return [.. steps.Take(steps.Count / 2)];
        yield return [.. steps.Skip(steps.Count / 2)];
        for (var index = 0; index < steps.Count; index++)
            yield return [.. steps.Take(index), .. steps.Skip(index + 1)];
    }

    private static IEnumerable<IReadOnlyList<SequenceStep>> Plainer(IReadOnlyList<SequenceStep> steps)
    {
        for (var index = 0; index < steps.Count; index++)
        {
            foreach (var buffs in Less(steps[index].Buffs))
                yield return [.. steps.Take(index), steps[index] with { Buffs = buffs }, .. steps.Skip(index + 1)];
        }
    }

    private static IEnumerable<IReadOnlyList<GeneratedBuff>> Less(IReadOnlyList<GeneratedBuff> buffs)
    {
        if (buffs.Count > 1)
            yield return [buffs[0]];
        IReadOnlyList<GeneratedBuff> plain = [.. buffs.Select(buff => new GeneratedBuff(buff.Marker) { Answers = ["a"] })];
        if (plain.Sum(SimplerBuffs.Weight) < buffs.Sum(SimplerBuffs.Weight))
            yield return plain;
    }
}
