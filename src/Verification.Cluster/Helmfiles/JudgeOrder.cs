namespace Verification.Cluster.Helmfiles;

/// <summary>Whether what was deployed is judged behind all of it. The judge looks at monitors, rules, logs and the way in, too: of a first
/// deployment none of these is there before its own release, and releases behind a judge that fails for that never come.</summary>
public static class JudgeOrder
{
    private const string Judge = "judge-deployed";
    private const string AtTheEnd = "cleanup";

    /// <summary>Where it notes what runs, and judges nothing.</summary>
    private static readonly string[] Noting = ["prepare", "presync"];

    /// <summary>What is wrong with the place of the judge, each with file, line and what to do.</summary>
    public static IReadOnlyList<string> FaultsOf(HelmfileDocument helmfile)
    {
        ArgumentNullException.ThrowIfNull(helmfile);
        var file = Path.GetFileName(helmfile.File);
        var early = helmfile
            .Releases.Select(release => (Release: release, Events: JudgesAt(release.Hooks), Later: Later(release, helmfile)))
            .Where(each => each.Events.Count > 0 && each.Later.Count > 0)
            .Select(each =>
                $"{file}({each.Release.Line}): release {each.Release.Id} has what was deployed judged at its {string.Join(" and ", each.Events)}, and {string.Join(", ", each.Later)} may come after it; judge at the end alone ({AtTheEnd} of the file's own hooks)"
            );
        return JudgesAt(helmfile.Hooks).Contains(AtTheEnd)
            ? [.. early]
            : [.. early, $"{file}: nobody judges what was deployed; call {Judge} at the event {AtTheEnd}, by one of the file's own hooks"];
    }

    private static IReadOnlyList<string> JudgesAt(IEnumerable<HelmfileHook> hooks) =>
        [
            .. hooks
                .Where(hook => Path.GetFileName(hook.Command) == Judge)
                .SelectMany(hook => hook.Events)
                .Except(Noting, StringComparer.Ordinal),
        ];

    /// <summary>What need not be there before a release is.</summary>
    private static IReadOnlyList<string> Later(HelmfileRelease release, HelmfileDocument helmfile)
    {
        var needs = helmfile.Releases.ToLookup(each => each.Id, each => each.Needs, StringComparer.Ordinal);
        var earlier = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>([release.Id]);
        while (open.TryPop(out var next))
        {
            if (!earlier.Add(next))
                continue;
            foreach (var need in needs[next].SelectMany(each => each))
                open.Push(need);
        }

        return [.. helmfile.Releases.Select(each => each.Id).Where(id => !earlier.Contains(id))];
    }
}
