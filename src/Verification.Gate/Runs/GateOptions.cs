using Verification.Gate.Attesting;
using Verification.Stack;
using Verification.Stack.Starting;

namespace Verification.Gate.Runs;

/// <summary>What a user asks of <c>verify gate</c>.</summary>
internal sealed record GateOptions
{
    /// <summary>Name of the profile.</summary>
    public required string Profile { get; init; }

    /// <summary>Path of the objectives.</summary>
    public required string Gates { get; init; }

    /// <summary>Path of the description of the system under test.</summary>
    public required string Sut { get; init; }

    /// <summary>The objectives to decide; empty for all of the profile.</summary>
    public IReadOnlyList<string> Only { get; init; } = [];

    /// <summary>Name of the one suite of the profile that is run, as its entry has it; null for each.</summary>
    public string? Suite { get; init; }

    /// <summary>Images that the user named, by component.</summary>
    public IReadOnlyDictionary<string, string> Images { get; init; } = new Dictionary<string, string>();

    /// <summary>Images of the previous release, by service; empty where none was named.</summary>
    public IReadOnlyDictionary<string, string> Previous { get; init; } = new Dictionary<string, string>();

    /// <summary>Kind of broker; null for those of the profile.</summary>
    public BrokerKind? Broker { get; init; }

    /// <summary>Name of the environment, for waivers.</summary>
    public string Environment { get; init; } = "local";

    /// <summary>Whether the stacks stay up afterwards.</summary>
    public bool Keep { get; init; }

    /// <summary>Folder for copies of the reports; null for none.</summary>
    public OutputFolder? Output { get; init; }

    /// <summary>Signs the verdict; null where it is not signed.</summary>
    public SigningKey? Key { get; init; }

    /// <summary>A running stack to judge, its <c>stack.json</c>; null to start some.</summary>
    public string? Stack { get; init; }

    /// <summary>Whether nothing is posted.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>Whether it is agreed to that a deployed platform is posted to.</summary>
    public bool Agreed { get; init; }

    /// <summary>The defect that was seeded; null for the platform as it is.</summary>
    public SeededDefect? Mutant { get; init; }

    /// <summary>Whether the run ends with the first test that fails: what else holds is of no interest.</summary>
    public bool StopAtFirstFail { get; init; }

    /// <summary>Wall time of the suites where it is not that of the profile.</summary>
    public TimeSpan? Limit { get; init; }

    /// <summary>How long each load lasts; null for as long as its scenario says.</summary>
    public TimeSpan? LoadDuration { get; init; }

    /// <summary>How many requests a second a load makes at its peak; null for as many as its scenario says.</summary>
    public int? LoadRate { get; init; }

    /// <summary>Whether a load ends once one of its objectives can no longer hold.</summary>
    public bool LoadAbortOnFail { get; init; }

    /// <summary>The command line that asks for the same again.</summary>
    public string CommandLine(string root)
    {
        var words = new List<string> { "./verify", "gate", "--profile", Profile };
        if (Only.Count > 0)
            words.AddRange(["--only", .. Only]);
        if (Gates != Path.Combine(root, "gates.yaml"))
            words.AddRange(["--gates", Gates]);
        if (Sut != Path.Combine(root, "sut.yaml"))
            words.AddRange(["--sut", Sut]);
        foreach (var (component, image) in Images)
            words.AddRange(["--image", $"{component}={image}"]);
        foreach (var (service, image) in Previous)
            words.AddRange(["--previous", $"{service}={image}"]);
        if (Broker is { } broker)
            words.AddRange(["--broker", StackStarter.NameOf(broker)]);
        if (Environment != "local")
            words.AddRange(["--environment", Environment]);
        return string.Join(
            ' ',
            words.Select(word =>
                word.All(c => char.IsLetterOrDigit(c) || "-._/=:@+,%".Contains(c, StringComparison.Ordinal))
                    ? word
                    : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'"
            )
        );
    }
}

/// <summary>A defect that was seeded into a copy of the project.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Project">Root of the changed copy: configuration, recipes and services come from there.</param>
internal sealed record SeededDefect(string Name, string Project);
