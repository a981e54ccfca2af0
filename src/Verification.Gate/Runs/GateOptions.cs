using Verification.Stack;
using Verification.Stack.Starting;

namespace Verification.Gate.Runs;

/// <summary>What a user asks of <c>verify gate</c>; <c>Limit</c> is the wall time of the suites where it is not that of the profile.</summary>
internal sealed record GateOptions(
    string Profile,
    IReadOnlyList<string> Only,
    string Gates,
    string Sut,
    IReadOnlyDictionary<string, string> Images,
    BrokerKind? Broker,
    string Environment,
    bool Keep,
    OutputFolder? Output,
    string? Stack,
    SeededDefect? Mutant = null,
    TimeSpan? Limit = null)
{
    /// <summary>Images of the previous release, by service; empty where none was named.</summary>
    public IReadOnlyDictionary<string, string> Previous { get; init; } = new Dictionary<string, string>();

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
        return string.Join(' ', words.Select(word => word.All(c => char.IsLetterOrDigit(c) || "-._/=:@+,%".Contains(c, StringComparison.Ordinal)) ? word : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'"));
    }
}

/// <summary>A defect that was seeded into a copy of the project.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Project">Root of the changed copy: configuration, recipes and services come from there.</param>
internal sealed record SeededDefect(string Name, string Project);
