using Verification.Objectives;
using Verification.Stack.Images;

namespace Verification.Stack.Sessions;

/// <summary>What a test process works with: what its environment asks for, with the files that are named there.</summary>
public sealed record SessionSettings
{
    /// <summary>What the environment asks for.</summary>
    public required SessionRequest Request { get; init; }

    /// <summary>The project.</summary>
    public required ProjectRoot Root { get; init; }

    /// <summary>Objectives and profiles.</summary>
    public required Gates Gates { get; init; }

    /// <summary>The profile.</summary>
    public required Profile Profile { get; init; }

    /// <summary>The system under test.</summary>
    public required SystemUnderTest Sut { get; init; }

    /// <summary>Images that are named, by the environment or by the system under test.</summary>
    public required ImageOverrides Images { get; init; }

    /// <summary>What the effective settings are held against: another folder than the stack's where a defect is seeded in that.</summary>
    public string Config => Request.Config ?? Root.Config;

    /// <summary>Reads the environment.</summary>
    /// <exception cref="DocumentException">A file cannot be used.</exception>
    /// <exception cref="ArgumentException">A variable has a value that is none of the allowed; the message names both.</exception>
    public static SessionSettings FromEnvironment()
    {
        var request = SessionRequest.FromEnvironment(VerifyVariables.Value);
        var root = ProjectRoot.Find();
        var gates = GatesFile.Read(request.Gates ?? root.Gates);
        var sut = SutFile.Read(request.Sut ?? root.Sut, gates);
        var profile = request.Profile ?? Objectives.Profile.OfTests;
        return new SessionSettings
        {
            Request = request,
            Root = root,
            Gates = gates,
            Profile = gates.Profiles.TryGetValue(profile, out var found)
                ? found
                : throw new ArgumentException(
                    $"{VerifyVariables.Profile}={profile}: there is no such profile. Known: {string.Join(", ", gates.Profiles.Keys)}."
                ),
            Sut = sut,
            Images = ImagesOf(sut, request.Images),
        };
    }

    /// <summary>The stage of this process, on a kind of broker.</summary>
    /// <param name="suite">Name of its assembly in lower case.</param>
    /// <param name="broker">Kind of broker.</param>
    /// <param name="topology">Arrangement of the components of the stack it attached to; null where it starts one.</param>
    public Stage StageOf(string suite, BrokerKind broker, string? topology = null) =>
        new(
            suite,
            Starting.StackStarter.NameOf(broker),
            topology ?? Request.Topology ?? Profile.EntryOf(suite)?.Topology ?? ProfileSuite.UsualTopology
        );

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
}
