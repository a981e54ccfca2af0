using Verification.Gate.Platform;
using Verification.Stack;
using Verification.Stack.Certificates;
using Verification.Stack.Components;
using Verification.Stack.Components.Brokers;
using Verification.Stack.Images;
using Verification.Stack.Images.Services;
using Verification.Stack.Topologies;

namespace Verification.Gate.Compose;

/// <summary>What <c>compose.yaml</c> is started with: <c>.env</c>, the broker's certificate, and for <c>--build</c> a folder with each published service.</summary>
internal static class ComposeStack
{
    /// <summary>Component whose image the services are built on.</summary>
    public const string Base = "aspnet";

    private static readonly TimeSpan CertificateLife = TimeSpan.FromDays(89);

    /// <summary>Writes all of it. The services are those of <c>services/</c>.</summary>
    /// <param name="root">The project.</param>
    /// <param name="prepared">The platform, with an image of <see cref="Base"/>.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="InvalidOperationException">The services can't be published; the message holds the compiler's errors.</exception>
    public static async Task PrepareAsync(ProjectRoot root, PreparedPlatform prepared, CancellationToken cancellationToken)
    {
        var folder = Path.Combine(root.Path, "obj", "compose");
        await PublishAsync(root, folder, cancellationToken).ConfigureAwait(false);
        WriteCertificate(Path.Combine(folder, "broker"));
        // The components, users of their own, read what is mounted: config/ as it was checked out.
        Readable.Make(root.Config);
        EnvironmentFile.Write(Path.Combine(root.Path, ".env"), Settings(prepared.Broker, prepared.Images));
    }

    /// <summary>The variables of <c>compose.yaml</c> that are no secrets.</summary>
    public static IReadOnlyDictionary<string, string> Settings(BrokerKind broker, IReadOnlyDictionary<string, ComponentImage> images)
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["ASPNET_IMAGE"] = images[Base].Image };
        foreach (var component in KnownTopologies.OneOfEach.Components(broker).OfType<ConfiguredComponent>())
            settings[$"{Variable(component.Role.Name)}_IMAGE"] = images[component.Name].Image;
        var kind = BrokerOf(broker);
        settings["BROKER_CONFIG"] = $"{kind.Name}/{kind.BrokerFile.Name}";
        settings["BROKER_CONFIG_PLACE"] = $"{kind.ConfigurationFolder}/{kind.BrokerFile.Name}";
        settings["BROKER_CERTIFICATE"] = kind.CertificateFile;
        settings["BROKER_CERTIFICATE_PLACE"] = $"{kind.ConfigurationFolder}/{kind.CertificateFile}";
        settings["BROKER_DATA_PLACE"] = kind.KeptFolder;
        return settings;
    }

    /// <summary>What a role, a component or a credential is called in <c>.env</c>.</summary>
    public static string Variable(string name) => name.ToUpperInvariant().Replace('-', '_');

    private static BrokerComponent BrokerOf(BrokerKind kind) => (BrokerComponent)ComponentList.Of(InstanceRole.Broker, kind);

    private static async Task PublishAsync(ProjectRoot root, string folder, CancellationToken cancellationToken)
    {
        var services = VersionList.Read(root).Services;
        var published = await ServicePublisher.PublishAsync(root, [.. services.Values.Select(service => service.Project)], folder, cancellationToken).ConfigureAwait(false);
        foreach (var (name, service) in services)
        {
            var app = Directory.CreateDirectory(Path.Combine(folder, name, "app"));
            app.Delete(recursive: true);
            Directory.Move(published[service.Project], app.FullName);
            Readable.Make(app.FullName);
        }
    }

    /// <summary>For the TLS port that the broker's configuration opens. The folder keeps others out; the broker's user must be able to read the file.</summary>
    private static void WriteCertificate(string folder)
    {
        Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        using var authority = CertificateAuthority.Create();
        var certificate = authority.IssueFor(["activemq"], CertificateLife);
        foreach (var broker in Enum.GetValues<BrokerKind>().Select(BrokerOf))
        {
            var file = Path.Combine(folder, broker.CertificateFile);
            File.WriteAllBytes(file, broker.StoreOf(certificate));
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        }
    }
}
