namespace Verification.Objectives;

/// <summary>Which objectives a run must decide, and how long it may take.</summary>
/// <param name="Name">Name of the profile: <c>pr</c>, <c>test</c>, <c>nightly</c>, <c>release</c>.</param>
/// <param name="TimeLimit">Wall time of the whole run; what has not been decided by then is UNKNOWN "out of time".</param>
/// <param name="Suites">The test assemblies that are run, in order; one may be run more than once.</param>
/// <param name="Requirements">How each listed objective counts. Objectives that are not listed are not run.</param>
public sealed record Profile(
    string Name,
    TimeSpan TimeLimit,
    IReadOnlyList<ProfileSuite> Suites,
    IReadOnlyDictionary<string, Requirement> Requirements
)
{
    /// <summary>What the business expects; null where nobody has said.</summary>
    public Expectation? Expects { get; init; }

    /// <summary>How a suite is run where nobody says by which of its entries: by that of its own name, else by the first.</summary>
    /// <param name="suite">Name of the suite in lower case.</param>
    /// <returns>Null where the profile does not run it.</returns>
    public ProfileSuite? EntryOf(string suite) => Suites.Where(entry => entry.Suite == suite).MaxBy(entry => !entry.IsBeside);

    /// <summary>Name of the profile that a gate runs where none is named.</summary>
    public const string OfGates = "pr";

    /// <summary>Name of the profile that <c>./verify test</c> and <c>dotnet test</c> run where none is named: beside the scenarios of
    /// <c>pr</c>, a smoke of each suite.</summary>
    public const string OfTests = "test";

    /// <summary>Name of the profile that decides on a release: what lasts, lasts longer in it.</summary>
    public const string OfReleases = "release";

    /// <summary>Name of the profile of what is deployed to a cluster: whoever deploys runs it, no job of this repository.</summary>
    public const string OfDeployed = "deployed";

    /// <summary>Name of the profile of what is deployed to a throwaway cluster, where it may be broken: a suite of this repository runs
    /// it.</summary>
    public const string OfClusters = "cluster";
}

/// <summary>How an objective counts in a profile.</summary>
public enum Requirement
{
    /// <summary>Decides the verdict; UNKNOWN counts.</summary>
    Required,

    /// <summary>Decides the verdict where all its <see cref="Objective.Needs"/> are available.</summary>
    IfAvailable,

    /// <summary>Is shown, decides nothing.</summary>
    Report,
}

/// <summary>A FAIL or UNKNOWN that its owner answers for until a day.</summary>
/// <param name="Objective">Id of the objective.</param>
/// <param name="Environment">Name of the environment it holds in; <c>*</c> for every one.</param>
/// <param name="Reason">Why it is acceptable for now.</param>
/// <param name="Owner">Who answers for it.</param>
/// <param name="Until">Last day (UTC) on which it holds.</param>
public sealed record Waiver(string Objective, string Environment, string Reason, string Owner, DateOnly Until)
{
    /// <summary>Whether it holds in an environment.</summary>
    internal bool HoldsIn(string environment) => Environment == "*" || Environment == environment;

    /// <summary>Whether its day is not over (UTC).</summary>
    internal bool HoldsAt(DateTimeOffset now) => DateOnly.FromDateTime(now.UtcDateTime) <= Until;
}

/// <summary><c>gates.yaml</c>: every objective, profile and waiver.</summary>
/// <param name="Objectives">All objectives by id, in the order of the file.</param>
/// <param name="Profiles">All profiles by name.</param>
/// <param name="Waivers">All waivers, expired ones too.</param>
/// <param name="Sha256">SHA-256 of the file's bytes, lower-case hexadecimal.</param>
/// <param name="KeptRunsBytes">How large the folder of the stored runs may become, in bytes; null for no limit.</param>
public sealed record Gates(
    IReadOnlyDictionary<string, Objective> Objectives,
    IReadOnlyDictionary<string, Profile> Profiles,
    IReadOnlyList<Waiver> Waivers,
    string Sha256,
    long? KeptRunsBytes = null
);
