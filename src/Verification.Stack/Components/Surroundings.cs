using Verification.Objectives;
using Verification.Stack.Certificates;
using Verification.Stack.Components.Watching;

namespace Verification.Stack.Components;

/// <summary>What an instance finds where it is built.</summary>
/// <param name="Root">The project whose configuration is used.</param>
/// <param name="Folder">Folder of the run that has the stack's secrets.</param>
/// <param name="Secrets">Credentials of the stack.</param>
/// <param name="Sut">The system under test.</param>
/// <param name="HostsOf">Names in the network of those that serve the clients of a role.</param>
internal sealed record Surroundings(
    ProjectRoot Root,
    RunFolder Folder,
    Secrets Secrets,
    SystemUnderTest Sut,
    Func<Role, IReadOnlyList<string>> HostsOf
)
{
    private static readonly TimeSpan CertificateLife = TimeSpan.FromDays(30);

    /// <summary>Kind of broker of the stack.</summary>
    public required BrokerKind Broker { get; init; }

    /// <summary>Names in the network of all instances of a role, whoever needs them: for whoever watches them.</summary>
    public required Func<Role, IReadOnlyList<string>> InstancesOf { get; init; }

    /// <summary>How much faster than in production it is watched.</summary>
    public required TimeLapse Lapse { get; init; }

    /// <summary>The role to which it is a link; null for none.</summary>
    public Role? Carries { get; init; }

    /// <summary>Name in the network of the link whose address the instances of a role announce for theirs; null where they announce their
    /// own.</summary>
    public Func<Role, string?> AnnouncedBy { get; init; } = _ => null;

    /// <summary>Name in the network of the only one that serves the clients of a role.</summary>
    /// <exception cref="InvalidOperationException">There is none, or more than one.</exception>
    public string HostOf(Role role) =>
        HostsOf(role) is [var host]
            ? host
            : throw new InvalidOperationException(
                $"One host for the clients of '{role}' is needed; the stack has {HostsOf(role).Count} ({string.Join(", ", HostsOf(role))})."
            );

    /// <summary>A valid certificate of the stack's own authority.</summary>
    /// <param name="place">Whom it is for; it is good for what stands before it, too.</param>
    public BrokerCertificate CertificateFor(InstancePlace place)
    {
        using var authority = CertificateAuthority.OpenOf(Folder);
        return authority.IssueFor([place.Name, .. place.FrontNames], CertificateLife);
    }
}
