using Verification.Gate.Platform;
using Verification.Stack;
using Verification.Stack.Components;
using Verification.Stack.Components.Brokers;
using Verification.Stack.Images;
using Verification.Stack.Images.Services;
using Verification.Stack.Topologies;

namespace Verification.Gate.Compose;

/// <summary>What <c>compose.yaml</c> is started with where no registry answers: <c>.env</c>, and for <c>--build</c> a folder with each
/// published service.</summary>
internal static class ComposeStack
{
    /// <summary>Component whose image the services are built on.</summary>
    public const string Base = "aspnet";

    /// <summary>Where the published services lie, from the root.</summary>
    private const string Folder = "obj/compose";

    /// <summary>Writes all of it. The services are those of <c>services/</c>.</summary>
    /// <param name="root">The project.</param>
    /// <param name="prepared">The platform, with an image of <see cref="Base"/>.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="InvalidOperationException">The services can't be published; the message holds the compiler's errors.</exception>
    public static async Task PrepareAsync(ProjectRoot root, PreparedPlatform prepared, CancellationToken cancellationToken)
    {
        var services = VersionList.Read(root).Services;
        await PublishAsync(root, services, cancellationToken).ConfigureAwait(false);
        // The components, users of their own, read what is mounted: config/ as it was checked out.
        Readable.Make(root.Config);
        EnvironmentFile.Write(Path.Combine(root.Path, ".env"), Settings(prepared.Broker, prepared.Images, services));
    }

    /// <summary>The variables of <c>compose.yaml</c>, which names the official images, Artemis and the services' sources where they are not
    /// set.</summary>
    public static IReadOnlyDictionary<string, string> Settings(
        BrokerKind broker,
        IReadOnlyDictionary<string, ComponentImage> images,
        IReadOnlyDictionary<string, ServiceEntry> services
    )
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["ASPNET_IMAGE"] = images[Base].Image };
        foreach (var component in KnownTopologies.OneOfEach.Components(broker).OfType<ConfiguredComponent>())
            settings[$"{Variable(component.Role.Name)}_IMAGE"] = images[component.Name].Image;
        var kind = (BrokerComponent)ComponentList.Of(InstanceRole.Broker, broker);
        settings["BROKER_CONFIG"] = $"{kind.Name}/{kind.BrokerFile.Name}";
        settings["BROKER_CONFIG_PLACE"] = $"{kind.ConfigurationFolder}/{kind.BrokerFile.Name}";
        settings["BROKER_CERTIFICATE_PLACE"] = Path.GetDirectoryName($"{kind.ConfigurationFolder}/{kind.CertificateFile}")!;
        settings["BROKER_DATA_PLACE"] = kind.KeptFolder;
        foreach (var (name, service) in services)
        {
            var context = $"{Folder}/{name}";
            settings[$"{Variable(name)}_CONTEXT"] = context;
            // From there, as a Dockerfile is named.
            settings[$"{Variable(name)}_DOCKERFILE"] = Path.GetRelativePath(context, $"images/{service.Recipe}/Dockerfile");
        }

        return settings;
    }

    private static string Variable(string name) => name.ToUpperInvariant().Replace('-', '_');

    private static async Task PublishAsync(
        ProjectRoot root,
        IReadOnlyDictionary<string, ServiceEntry> services,
        CancellationToken cancellationToken
    )
    {
        var folder = Path.Combine(root.Path, Folder);
        var published = await ServicePublisher
            .PublishAsync(root, [.. services.Values.Select(service => service.Project)], folder, cancellationToken)
            .ConfigureAwait(false);
        foreach (var (name, service) in services)
        {
            var app = Directory.CreateDirectory(Path.Combine(folder, name, "app"));
            app.Delete(recursive: true);
            Directory.Move(published[service.Project], app.FullName);
            Readable.Make(app.FullName);
        }
    }
}
