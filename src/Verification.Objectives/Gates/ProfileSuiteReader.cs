using System.Text.RegularExpressions;

namespace Verification.Objectives;

/// <summary>Reads which suites a profile of <c>gates.yaml</c> runs.</summary>
/// <param name="document">The file.</param>
/// <param name="objectives">All objectives by id.</param>
/// <param name="known">Names of the suites that there are; null or none where nobody knows.</param>
internal sealed partial class ProfileSuiteReader(
    Document document,
    IReadOnlyDictionary<string, Objective> objectives,
    IReadOnlyCollection<string>? known
)
{
    /// <summary>The suites of the profile that is extended, in their order, with what this one says of them; then those of its
    /// own.</summary>
    /// <param name="profile">Name of the profile.</param>
    /// <param name="parts">What it says itself, by the names of the entries.</param>
    /// <param name="inherited">Those of the profile that it extends; none where it extends none.</param>
    /// <param name="requirements">The objectives that it asks for.</param>
    /// <exception cref="DocumentException">An entry cannot be meant, or there is none at all.</exception>
    public IReadOnlyList<ProfileSuite> Read(
        string profile,
        IReadOnlyDictionary<string, SuitePart> parts,
        IReadOnlyList<ProfileSuite> inherited,
        IReadOnlyDictionary<string, Requirement> requirements
    )
    {
        var own = parts.ToDictionary(
            each => each.Key,
            each =>
                ToSuite(
                    new Place(profile, each.Key),
                    each.Value,
                    inherited.FirstOrDefault(entry => entry.Name == each.Key)?.Suite,
                    requirements
                ),
            StringComparer.Ordinal
        );
        IReadOnlyList<ProfileSuite> suites =
        [
            .. inherited.Select(suite => own.GetValueOrDefault(suite.Name, suite)),
            .. own.Values.Where(suite => inherited.All(entry => entry.Name != suite.Name)),
        ];
        var before = suites.Where(suite => !own.ContainsKey(suite.Name)).ToList();
        foreach (var suite in own.Values)
        {
            RefuseSecond(new Place(profile, suite.Name), suite, before);
            before.Add(suite);
        }

        return suites.Count > 0
            ? [.. suites.Select(suite => suite with { Without = WithoutOf(suite, suites) is [_, ..] ids ? ids : null })]
            : throw document.ErrorAt(
                $"profiles.{profile}",
                $"profile '{profile}' runs no suite; name one, as in suites: {{integration: {{budget: 150 s}}}}."
            );
    }

    /// <summary>What entries beside a suite are asked for in its place.</summary>
    private static IReadOnlyList<string> WithoutOf(ProfileSuite suite, IReadOnlyList<ProfileSuite> suites) =>
        suite.IsBeside
            ? []
            : [.. suites.Where(entry => entry.IsInstead && entry.Suite == suite.Name).SelectMany(entry => entry.Objectives ?? [])];

    private ProfileSuite ToSuite(Place place, SuitePart part, string? inherited, IReadOnlyDictionary<string, Requirement> requirements)
    {
        var suite = SuiteOf(place, part.Suite ?? inherited);
        if (part is { Brokers: SuiteBrokers.None, Topology: not null })
            throw document.ErrorAt(
                place.Of("topology"),
                $"suite '{place.Entry}' runs on no broker, so it has no topology; leave out one of the two."
            );
        RefuseObjectives(place, part.Objectives ?? [], requirements);
        if (part.Instead && (part.Objectives is null || suite == place.Entry))
            throw document.ErrorAt(
                place.Of("instead"),
                $"suite '{place.Entry}' has nothing to be asked for in place of another entry; give it objectives and the suite that it is, or leave it out."
            );
        return new ProfileSuite(
            place.Entry,
            document.DurationAt(place.Of("budget"), part.Budget),
            part.Brokers,
            part.Topology ?? ProfileSuite.UsualTopology
        )
        {
            Suite = suite,
            Objectives = part.Objectives,
            IsInstead = part.Instead,
        };
    }

    /// <summary>The suite of an entry: the one that is named, else that of its own name.</summary>
    private string SuiteOf(Place place, string? named)
    {
        if (named is null && !SuiteName().IsMatch(place.Entry))
            throw document.ErrorAt(
                place.Key,
                $"'{place.Entry}' is no suite's name; expected that of a folder of tests/ in lower case, such as integration, or beside another name the suite, as in {{suite: integration}}."
            );
        if (!EntryName().IsMatch(place.Entry))
            throw document.ErrorAt(
                place.Key,
                $"'{place.Entry}' is no name of an entry; expected words in lower case with dashes between them, such as chaos-classic."
            );
        var suite = named ?? place.Entry;
        if (known is { Count: > 0 } && !known.Contains(suite))
            throw document.ErrorAt(
                named is null ? place.Key : place.Of("suite"),
                $"there is no suite '{suite}'{Suggestion.For(suite, known)} Known: {string.Join(", ", known)}."
            );
        return suite;
    }

    private void RefuseObjectives(Place place, IReadOnlyList<string> ids, IReadOnlyDictionary<string, Requirement> requirements)
    {
        foreach (var (index, id) in ids.Index())
        {
            var at = place.Of($"objectives[{index}]");
            if (!objectives.ContainsKey(id))
                throw document.ErrorAt(
                    at,
                    $"suite '{place.Entry}' is asked for '{id}', which is no objective{Suggestion.For(id, objectives.Keys)}"
                );
            if (!requirements.ContainsKey(id))
                throw document.ErrorAt(
                    at,
                    $"suite '{place.Entry}' is asked for '{id}', and profile '{place.Profile}' is not; list it in both, or in none."
                );
            if (ids.Take(index).Contains(id))
                throw document.ErrorAt(at, $"suite '{place.Entry}' lists '{id}' twice.");
        }
    }

    /// <summary>A stage is run once: its name is that of its files, and what it measures is known by its broker and topology.</summary>
    private void RefuseSecond(Place place, ProfileSuite suite, List<ProfileSuite> before)
    {
        if (before.Find(suite.SharesStageWith) is not { } first)
            return;
        var stage = suite.Brokers == SuiteBrokers.None ? "on no broker" : $"on the same broker and topology {suite.Topology}";
        throw document.ErrorAt(
            place.Key,
            $"'{suite.Name}' and '{first.Name}' would be one stage, {suite.Suite} {stage}; give one of them another broker or topology, or leave it out."
        );
    }

    // As a folder of tests/.
    [GeneratedRegex(@"^[a-z0-9]+\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SuiteName();

    [GeneratedRegex(
        @"^[a-z0-9]+(-[a-z0-9]+)*\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex EntryName();

    /// <summary>Where an entry stands.</summary>
    private readonly record struct Place(string Profile, string Entry)
    {
        public string Key => $"{Value}#key";

        private string Value => $"profiles.{Profile}.suites.{Entry}";

        public string Of(string part) => $"{Value}.{part}";
    }
}

/// <summary>What a profile says of a suite, as it is written.</summary>
internal sealed record SuitePart(
    string Budget,
    SuiteBrokers Brokers = SuiteBrokers.Default,
    string? Topology = null,
    string? Suite = null,
    IReadOnlyList<string>? Objectives = null,
    bool Instead = false
);
