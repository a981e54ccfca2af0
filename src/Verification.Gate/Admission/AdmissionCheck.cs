using Verification.Gate.Judging;
using Verification.Gate.Reporting;
using Verification.Gate.Runs;
using Verification.Objectives;
using Verification.Stack.Images;

namespace Verification.Gate.Admission;

/// <summary>Holds a stored run against what is to be admitted. It rests on the run's record and evidence, which are judged
/// again: the stored
/// verdict only has to agree. Whoever can write the run's folder can forge all of it, unless a signature is asked for
/// (<see cref="Attesting.Attestation"/>).</summary>
internal static class AdmissionCheck
{
    private const string None = "none";
    private static readonly string[] Services = ["dashboard", "server"];

    /// <summary>Why the run does not admit the release; nothing where it does.</summary>
    /// <param name="run">The stored run.</param>
    /// <param name="evidence">What it measured.</param>
    /// <param name="wanted">What is to be admitted.</param>
    public static IReadOnlyList<string> Differences(JudgedRun run, IReadOnlyList<EvidenceLine> evidence, WantedRelease wanted) =>
        [
            .. Scope(run.Record),
            .. wanted.Require is { } required && !AdmittingProfile.IsAtLeast(run.Record.Profile, required)
                ? new[] { $"it was judged by profile {run.Record.Profile}, and {Least(required)} is required" }
                : [],
            .. Verdicts(run, evidence, wanted),
            .. Images(run, wanted),
            .. Digest("config/", run.Record.ConfigSha256, wanted.ConfigSha256),
            .. Digest("gates.yaml", run.Verdict.GatesSha256, wanted.Gates.Sha256),
            .. Digest("safe-settings.yaml", run.Record.SafeSettingsSha256 ?? None, wanted.SafeSettingsSha256 ?? None),
            .. run.Record.Environment == wanted.Environment
                ? []
                : new[] { $"it was judged for environment {run.Record.Environment}, not {wanted.Environment}" },
            .. Extras(run.Record, wanted),
            .. TooOld(run.Record, wanted),
        ];

    private static IEnumerable<string> Scope(RunRecord record)
    {
        if (record.Mutant is { } mutant)
            yield return $"the defect {mutant} was seeded into it";
        if (record.Only.Count > 0)
            yield return $"only {string.Join(", ", record.Only)} was run";
        if (record.Deployed is { } deployed)
            yield return $"it only looked at what was deployed as {deployed}";
    }

    private static string Least(string required) =>
        required == AdmittingProfile.Names[^1] ? $"profile {required}" : $"profile {required} or more";

    private static IEnumerable<string> Verdicts(JudgedRun run, IReadOnlyList<EvidenceLine> evidence, WantedRelease wanted)
    {
        var (_, record, stored) = run;
        if (stored.GatesSha256 == wanted.Gates.Sha256)
        {
            if (!wanted.Gates.Profiles.ContainsKey(record.Profile))
                return [$"gates.yaml has no profile {record.Profile}"];
            var then = ReleaseJudge.Judge(wanted.Gates, record, evidence, stored.DecidedAt);
            if (Contradictions(stored, then).ToList() is { Count: > 0 } contradictions)
                return [$"its verdict.json is not what its evidence gives ({string.Join("; ", contradictions)})"];
            var today = ReleaseJudge.Judge(wanted.Gates, record, evidence, wanted.Recorded ?? wanted.Now);
            if (then.Verdict == Verdict.Pass && today.Verdict != Verdict.Pass)
                return
                [
                    $"it was {Phrases.Headline(stored)}, and is {Phrases.Headline(today)} today ({string.Join("; ", (today.WaiversIdle ?? []).Select(idle => $"the waiver of {idle.Waiver.Objective}: {idle.Why}"))})",
                ];
        }

        return stored.Verdict == Verdict.Pass ? [] : [$"its verdict is {Phrases.Headline(stored)}: {Phrases.Why(stored).TrimEnd('.')}"];
    }

    private static IEnumerable<string> Contradictions(ReleaseVerdict stored, ReleaseVerdict again)
    {
        foreach (var difference in VerdictDifferences.Between(stored, again))
            yield return difference;
        if (Facts(stored) != Facts(again))
            yield return "its run, images, digests or scope are not those of run.json";
    }

    /// <summary>What a verdict says beside its objectives, as text: records with lists are not equal by what they hold.</summary>
    private static string Facts(ReleaseVerdict verdict) =>
        System.Text.Json.JsonSerializer.Serialize(
            verdict with
            {
                Verdict = default,
                Objectives = [],
                WaiversUsed = [],
                WaiversIdle = null,
            },
            DocumentReader.Json
        );

    private static IEnumerable<string> Images(JudgedRun run, WantedRelease wanted)
    {
        var verified = run.Record.Components.Select(component => component.Role).ToList();
        var byComponent = NamedImages.Of(wanted.Named, verified);
        foreach (var role in Services.Union(byComponent.Keys).Except(verified))
            yield return $"it verified no image of {role}";
        foreach (
            var component in run.Record.Components.Where(component =>
                wanted.Deployed is null || run.Published.Any(each => each.Role == component.Role)
            )
        )
        {
            if (!wanted.Images.TryGetValue(component.Role, out var here))
                yield return Missing(component.Role, byComponent, wanted);
            else if (!IsVerified(here, component, run.Published))
                yield return $"{component.Role}: it verified {Short(component.Digest)}, here is {Short(here.Digest)} ({here.Image})";
        }

        // What was named and not published was not verified under the digest that is named.
        foreach (
            var role in wanted.Deployed is null ? [] : byComponent.Keys.Intersect(verified).Except(run.Published.Select(each => each.Role))
        )
            yield return $"it has published no image of {role}";
    }

    private static string Missing(string role, IReadOnlyDictionary<string, string> named, WantedRelease wanted)
    {
        if (wanted.Deployed is { } file)
            return $"{file} names no image of {role}, which it verified";
        return named.TryGetValue(role, out var image)
            ? $"the image of {role}, {image}, is not on this engine: pull it"
            : $"the image of {role} is not on this engine: ./verify images makes it, --image names another";
    }

    /// <summary>Whether an image is the one that was verified, by that digest or by the one under which it was published.</summary>
    private static bool IsVerified(ComponentImage here, ComponentRecord component, IReadOnlyList<PublishedImage> published) =>
        here.Digest == component.Digest
        || published.Any(each =>
            each.Role == component.Role && each.Verified == component.Digest && ImageName.Parse(each.Image).Digest == here.Digest
        );

    private static IEnumerable<string> Digest(string what, string verified, string here) =>
        verified == here ? [] : [$"{what}: it verified {Short(verified)}, here is {Short(here)}"];

    private static IEnumerable<string> Extras(RunRecord record, WantedRelease wanted) =>
        wanted.Extras.Except(record.PromisedExtras).ToList() is { Count: > 0 } missing
            ? [$"it was not held to {string.Join(", ", missing)}, which the system under test promises"]
            : [];

    private static IEnumerable<string> TooOld(RunRecord record, WantedRelease wanted)
    {
        if (record.EndedAt is not { } ended)
            return ["it did not end"];
        var age = wanted.Now - ended;
        if (age < TimeSpan.Zero)
            return [$"it ended in the future ({Figures.Utc(ended)}): a clock is wrong"];
        return age > wanted.MaxAge && wanted.Recorded is null ? [$"it is {Age.Text(age)} old, {Age.Text(wanted.MaxAge)} are allowed"] : [];
    }

    private static string Short(string digest)
    {
        const int Shown = 12;
        var hexadecimal = digest[(digest.IndexOf(':', StringComparison.Ordinal) + 1)..];
        return hexadecimal.Length > Shown ? hexadecimal[..Shown] : hexadecimal;
    }
}
