using System.Globalization;
using Verification.Objectives;
using Verification.Stack.Images;

namespace Verification.Stack.Sessions;

/// <summary>What a test process is asked for by its environment: whoever starts one writes it, the process reads it. Everything has a
/// default.</summary>
public sealed record SessionRequest
{
    /// <summary>Root of the project; null for the one that the program lies in.</summary>
    public string? Root { get; init; }

    /// <summary>Folder of the run to join; null to start one.</summary>
    public string? Run { get; init; }

    /// <summary>Name of the stage; null for one that is named by suite, broker and topology.</summary>
    public string? Stage { get; init; }

    /// <summary>Path of the objectives and profiles; null for those of the project.</summary>
    public string? Gates { get; init; }

    /// <summary>Path of the description of the system under test; null for that of the project.</summary>
    public string? Sut { get; init; }

    /// <summary>What the effective settings are held against; null for <c>config/</c> of the project.</summary>
    public string? Config { get; init; }

    /// <summary>Name of the profile; null for <c>test</c>.</summary>
    public string? Profile { get; init; }

    /// <summary>Kind of broker; null for the default of the machine.</summary>
    public BrokerKind? Broker { get; init; }

    /// <summary>Arrangement of the components; null for that of the suite in the profile.</summary>
    public string? Topology { get; init; }

    /// <summary>The objectives that the stage is asked for; none for all of the profile.</summary>
    public IReadOnlyList<string> Objectives { get; init; } = [];

    /// <summary>Images given by name, by component.</summary>
    public ImageOverrides Images { get; init; } = ImageOverrides.None;

    /// <summary>The images to start, which are resolved already; null to look for them.</summary>
    public ResolvedImages? Resolved { get; init; }

    /// <summary>Images of the previous release, by service; none where none was named.</summary>
    public ImageOverrides Previous { get; init; } = ImageOverrides.None;

    /// <summary>A <c>stack.json</c> to attach to; null to start a stack.</summary>
    public string? Stack { get; init; }

    /// <summary>Whether the stack that is started stays up afterwards.</summary>
    public bool Keep { get; init; }

    /// <summary>Whether nothing may be posted.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>How long each load lasts; null for as long as its scenario says.</summary>
    public TimeSpan? LoadDuration { get; init; }

    /// <summary>How many requests a second a load makes at its peak; null for as many as its scenario says.</summary>
    public int? LoadRate { get; init; }

    /// <summary>Whether a load ends once one of its objectives can no longer hold.</summary>
    public bool LoadAbortOnFail { get; init; }

    /// <summary>The variables that say so; what has its default is left out.</summary>
    public IReadOnlyDictionary<string, string> ToEnvironment() =>
        new (string Name, string? Value)[]
        {
            (VerifyVariables.Root, Root),
            (VerifyVariables.Run, Run),
            (VerifyVariables.Stage, Stage),
            (VerifyVariables.Gates, Gates),
            (VerifyVariables.Sut, Sut),
            (VerifyVariables.Config, Config),
            (VerifyVariables.Profile, Profile),
            (VerifyVariables.Broker, Broker is { } broker ? Starting.StackStarter.NameOf(broker) : null),
            (VerifyVariables.Topology, Topology),
            (VerifyVariables.Objectives, Objectives.Count > 0 ? string.Join(',', Objectives) : null),
            (VerifyVariables.Images, Pairs(Images)),
            (VerifyVariables.Resolved, Resolved?.ToText()),
            (VerifyVariables.Previous, Pairs(Previous)),
            (VerifyVariables.Stack, Stack),
            (VerifyVariables.Keep, Keep ? "1" : null),
            (VerifyVariables.ReadOnly, ReadOnly ? "1" : null),
            (VerifyVariables.LoadDuration, LoadDuration is { } duration ? $"{(long)duration.TotalMilliseconds} ms" : null),
            (VerifyVariables.LoadRate, LoadRate?.ToString(CultureInfo.InvariantCulture)),
            (VerifyVariables.LoadAbortOnFail, LoadAbortOnFail ? "1" : null),
        }
            .Where(variable => variable.Value is not null)
            .ToDictionary(variable => variable.Name, variable => variable.Value!, StringComparer.Ordinal);

    /// <summary>Reads the variables.</summary>
    /// <param name="value">Gives the value of a variable; null where it is not set.</param>
    /// <exception cref="ArgumentException">A variable has a value that is none of the allowed; the message names both.</exception>
    /// <exception cref="FormatException">One that names images cannot be read.</exception>
    public static SessionRequest FromEnvironment(Func<string, string?> value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return new SessionRequest
        {
            Root = value(VerifyVariables.Root),
            Run = value(VerifyVariables.Run),
            Stage = value(VerifyVariables.Stage),
            Gates = value(VerifyVariables.Gates),
            Sut = value(VerifyVariables.Sut),
            Config = value(VerifyVariables.Config),
            Profile = value(VerifyVariables.Profile),
            Broker = value(VerifyVariables.Broker) is { } broker ? BrokerChoice.Parse(broker, $"{VerifyVariables.Broker}=") : null,
            Topology = value(VerifyVariables.Topology),
            Objectives = value(VerifyVariables.Objectives)?.Split(',') ?? [],
            Images = ImageOverrides.Parse(value(VerifyVariables.Images), VerifyVariables.Images),
            Resolved = value(VerifyVariables.Resolved) is { } resolved ? ResolvedImages.Parse(resolved, VerifyVariables.Resolved) : null,
            Previous = PreviousOf(value(VerifyVariables.Previous)),
            Stack = value(VerifyVariables.Stack),
            Keep = value(VerifyVariables.Keep) == "1",
            ReadOnly = value(VerifyVariables.ReadOnly) == "1",
            LoadDuration = value(VerifyVariables.LoadDuration) is { } duration ? Duration.Parse(duration) : null,
            LoadRate = value(VerifyVariables.LoadRate) is { } rate ? LoadRateOf(rate) : null,
            LoadAbortOnFail = value(VerifyVariables.LoadAbortOnFail) == "1",
        };
    }

    private static int LoadRateOf(string value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var rate) && rate > 0
            ? rate
            : throw new ArgumentException($"{VerifyVariables.LoadRate}={value}: expected a number of requests a second, at least 1.");

    private static string? Pairs(ImageOverrides images) =>
        images.Images.Count > 0 ? string.Join(',', images.Images.Select(pair => $"{pair.Key}={pair.Value}")) : null;

    private static ImageOverrides PreviousOf(string? value)
    {
        var previous = ImageOverrides.Parse(value, VerifyVariables.Previous);
        return previous.Images.Keys.FirstOrDefault(name => !PreviousRelease.Services.Contains(name)) is { } unknown
            ? throw new ArgumentException(
                $"{VerifyVariables.Previous}={value}: a release has no {unknown}; it has {string.Join(" and ", PreviousRelease.Services)}."
            )
            : previous;
    }
}
