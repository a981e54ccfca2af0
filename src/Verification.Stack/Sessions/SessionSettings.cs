using Verification.Objectives;
using Verification.Stack.Images;

namespace Verification.Stack.Sessions;

/// <summary>What a test process is told by its environment; everything has a default.</summary>
/// <param name="Root">The project (<c>VERIFY_ROOT</c>).</param>
/// <param name="Gates">Objectives and profiles (<c>VERIFY_GATES</c>).</param>
/// <param name="Profile">The profile (<c>VERIFY_PROFILE</c>, <c>pr</c>).</param>
/// <param name="Sut">The system under test (<c>VERIFY_SUT</c>).</param>
/// <param name="Broker">Kind of broker (<c>VERIFY_BROKER</c>); null for the default of the machine.</param>
/// <param name="Images">Images given by name (<c>VERIFY_IMAGES</c>, <c>dashboard=…,server=…</c>).</param>
/// <param name="StackFile">A stack to attach to (<c>VERIFY_STACK</c>); null to start one.</param>
/// <param name="Keep">Whether the stack that is started stays up afterwards (<c>VERIFY_KEEP=1</c>).</param>
public sealed record SessionSettings(
    ProjectRoot Root,
    Gates Gates,
    Profile Profile,
    SystemUnderTest Sut,
    BrokerKind? Broker,
    ImageOverrides Images,
    string? StackFile,
    bool Keep = false)
{
    /// <summary>Images of the previous release (<c>VERIFY_PREVIOUS</c>, <c>dashboard=…,server=…</c>); none where none was named.</summary>
    public ImageOverrides Previous { get; init; } = ImageOverrides.None;

    /// <summary>What the effective settings are held against (<c>VERIFY_CONFIG</c>): another folder than the stack's where a defect is seeded in that.</summary>
    public required string Config { get; init; }

    /// <summary>Reads the environment.</summary>
    /// <exception cref="DocumentException">A file cannot be used.</exception>
    /// <exception cref="ArgumentException">A variable has a value that is none of the allowed; the message names both.</exception>
    public static SessionSettings FromEnvironment()
    {
        var root = ProjectRoot.Find();
        var gates = GatesFile.Read(Variable("VERIFY_GATES") ?? root.Gates);
        var sut = SutFile.Read(Variable("VERIFY_SUT") ?? root.Sut, gates);
        var profile = Variable("VERIFY_PROFILE") ?? "pr";
        return new SessionSettings(
            root,
            gates,
            gates.Profiles.TryGetValue(profile, out var found)
                ? found
                : throw new ArgumentException($"VERIFY_PROFILE={profile}: there is no such profile. Known: {string.Join(", ", gates.Profiles.Keys)}."),
            sut,
            Variable("VERIFY_BROKER") is { } broker ? BrokerChoice.Parse(broker, "VERIFY_BROKER=") : null,
            ImagesOf(sut, ImageOverrides.Parse(Variable(ImageOverrides.Variable))),
            Variable("VERIFY_STACK"),
            Variable("VERIFY_KEEP") == "1")
        {
            Config = Variable("VERIFY_CONFIG") ?? root.Config,
            Previous = PreviousOf(Variable("VERIFY_PREVIOUS")),
        };
    }

    /// <summary>What was given by name wins over what the system under test names.</summary>
    public static ImageOverrides ImagesOf(SystemUnderTest sut, ImageOverrides given)
    {
        var images = new Dictionary<string, string>(given.Images, StringComparer.Ordinal);
        foreach (var (component, image) in new[] { ("dashboard", sut.Images.Dashboard), ("server", sut.Images.Server) })
        {
            if (image != ServiceImages.Build)
                images.TryAdd(component, image);
        }

        return new ImageOverrides(images);
    }

    private static ImageOverrides PreviousOf(string? variable)
    {
        var previous = ImageOverrides.Parse(variable, "VERIFY_PREVIOUS");
        return previous.Images.Keys.FirstOrDefault(name => !PreviousRelease.Services.Contains(name)) is { } unknown
            ? throw new ArgumentException($"VERIFY_PREVIOUS={variable}: a release has no {unknown}; it has {string.Join(" and ", PreviousRelease.Services)}.")
            : previous;
    }

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
