using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace Verification.Objectives;

/// <summary>Reads <c>gates.yaml</c>.</summary>
public static partial class GatesFile
{
    /// <summary>Reads and checks a file: its schema, and that its parts fit together.</summary>
    /// <param name="file">Its path.</param>
    /// <param name="suites">Names of the suites that there are, in lower case; null where what it names is not to be run.</param>
    /// <exception cref="DocumentException">It cannot be used; the message tells where and why.</exception>
    public static Gates Read(string file, IReadOnlyCollection<string>? suites = null)
    {
        var document = DocumentReader.Read(file, "gates");
        var parts = document.As<Parts>();
        var objectives = parts.Objectives.ToDictionary(
            each => each.Key,
            each => ToObjective(document, each.Key, each.Value),
            StringComparer.Ordinal
        );
        return new Gates(
            objectives,
            ToProfiles(document, parts.Profiles, objectives, suites),
            [.. parts.Waivers.Select((waiver, index) => ToWaiver(document, waiver, index, objectives))],
            Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file))),
            parts.Runs is { } runs ? ToBytes(document, runs.Keep) : null
        );
    }

    private static long ToBytes(Document document, string size)
    {
        try
        {
            return Size.Parse(size);
        }
        catch (FormatException e)
        {
            throw document.ErrorAt("runs.keep", e.Message);
        }
    }

    private static Objective ToObjective(Document document, string id, ObjectivePart part)
    {
        if (!Id().IsMatch(id))
            throw document.ErrorAt(
                $"objectives.{id}#key",
                $"'{id}' is no objective's id; expected area.promise in lower case, such as cache.hit."
            );
        if (LimitRange.ProblemOf(part.Unit, part.Limit) is { } problem)
            throw document.ErrorAt(
                $"objectives.{id}.limit",
                string.Create(CultureInfo.InvariantCulture, $"'objectives.{id}.limit' is {part.Limit}; {problem}.")
            );
        if (
            part is { Unit: "ratio", Comparison: Comparison.AtLeast, Limit: < 1 }
            && part.MinObservations < Math.Ceiling((3 / (1 - part.Limit)) - 1e-6)
        )
        {
            throw document.ErrorAt(
                $"objectives.{id}.minObservations",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"'objectives.{id}.minObservations' is {part.MinObservations}; a ratio of {part.Limit} needs at least {Math.Ceiling((3 / (1 - part.Limit)) - 1e-6)} (3 / (1 - ratio))."
                )
            );
        }

        return new Objective(id, part.Promise, part.Unit, part.Comparison, part.Limit, part.MinObservations, part.Needs ?? [], part.Kind)
        {
            Suspects = part.Suspects,
        };
    }

    private static Dictionary<string, Profile> ToProfiles(
        Document document,
        Dictionary<string, ProfilePart> parts,
        Dictionary<string, Objective> objectives,
        IReadOnlyCollection<string>? suites
    )
    {
        var reader = new ProfileSuiteReader(document, objectives, suites);
        var profiles = new Dictionary<string, Profile>(StringComparer.Ordinal);
        foreach (var (name, part) in parts)
        {
            // What a profile extends stands above it, so that there is no circle.
            if (part.Extends is { } extended && !profiles.ContainsKey(extended))
                throw document.ErrorAt(
                    $"profiles.{name}.extends",
                    $"profile '{name}' extends '{extended}', which is no profile above it{Suggestion.For(extended, profiles.Keys)}"
                );
            profiles[name] = ToProfile(document, name, part, part.Extends is null ? null : profiles[part.Extends], objectives, reader);
        }

        return profiles;
    }

    private static Profile ToProfile(
        Document document,
        string name,
        ProfilePart part,
        Profile? extended,
        Dictionary<string, Objective> objectives,
        ProfileSuiteReader suites
    )
    {
        var own = new HashSet<string>(StringComparer.Ordinal);
        var requirements = new Dictionary<string, Requirement>(
            extended?.Requirements ?? new Dictionary<string, Requirement>(),
            StringComparer.Ordinal
        );
        (string Key, IReadOnlyList<string>? Ids, Requirement Requirement)[] lists =
        [
            ("required", part.Required, Requirement.Required),
            ("if-available", part.IfAvailable, Requirement.IfAvailable),
            ("report", part.Report, Requirement.Report),
        ];
        foreach (var (key, ids, requirement) in lists)
        {
            for (var index = 0; index < (ids?.Count ?? 0); index++)
            {
                var place = $"profiles.{name}.{key}[{index}]";
                if (!objectives.ContainsKey(ids![index]))
                    throw document.ErrorAt(
                        place,
                        $"profile '{name}' asks for '{ids[index]}', which is no objective{Suggestion.For(ids[index], objectives.Keys)}"
                    );
                if (!own.Add(ids[index]))
                    throw document.ErrorAt(place, $"profile '{name}' lists '{ids[index]}' twice.");
                requirements[ids[index]] = requirement;
            }
        }

        return new Profile(
            name,
            document.DurationAt($"profiles.{name}.limit", part.Limit),
            suites.Read(name, part.Suites ?? [], extended?.Suites ?? [], requirements),
            requirements
        )
        {
            Expects = part.Expects is { } expects
                ? new Expectation(expects.Posts, expects.Readers, document.DurationAt($"profiles.{name}.expects.p99", expects.P99))
                : extended?.Expects,
        };
    }

    private static Waiver ToWaiver(Document document, WaiverPart part, int index, Dictionary<string, Objective> objectives)
    {
        if (!objectives.ContainsKey(part.Objective))
            throw document.ErrorAt(
                $"waivers[{index}].objective",
                $"a waiver names '{part.Objective}', which is no objective{Suggestion.For(part.Objective, objectives.Keys)}"
            );
        return DateOnly.TryParseExact(part.Until, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var until)
            ? new Waiver(part.Objective, part.Environment, part.Reason, part.Owner, until)
            : throw document.ErrorAt($"waivers[{index}].until", $"'{part.Until}' is no day of the calendar.");
    }

    // As in evidence.schema.json: what gates.yaml admits must be recordable.
    [GeneratedRegex(@"^[a-z0-9-]+\.[a-z0-9-]+\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Id();

    private sealed record Parts(
        Dictionary<string, ObjectivePart> Objectives,
        Dictionary<string, ProfilePart> Profiles,
        IReadOnlyList<WaiverPart> Waivers,
        RunsPart? Runs
    );

    private sealed record ObjectivePart(
        string Promise,
        string Unit,
        Comparison Comparison,
        double Limit,
        long MinObservations,
        IReadOnlyList<string>? Needs,
        ObjectiveKind Kind,
        IReadOnlyList<string>? Suspects = null
    );

    private sealed record ProfilePart(
        string Limit,
        Dictionary<string, SuitePart>? Suites,
        IReadOnlyList<string>? Required,
        [property: System.Text.Json.Serialization.JsonPropertyName("if-available")] IReadOnlyList<string>? IfAvailable,
        IReadOnlyList<string>? Report,
        string? Extends = null,
        ExpectsPart? Expects = null
    );

    private sealed record ExpectsPart(int Posts, int Readers, string P99);

    private sealed record RunsPart(string Keep);

    private sealed record WaiverPart(string Objective, string Environment, string Reason, string Owner, string Until);
}
