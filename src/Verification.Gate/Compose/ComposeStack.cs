using Verification.Gate.Platform;
using Verification.Stack;
using Verification.Stack.Certificates;
using Verification.Stack.Images;
using Verification.Stack.Images.Services;
using Verification.Stack.Starting;

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
        var (data, conf, config, certificate) = broker == BrokerKind.Artemis
            ? ("/var/lib/artemis-instance", "/var/lib/artemis-instance/etc-override", "broker.xml", "broker.pem")
            : ("/opt/apache-activemq/data", "/opt/apache-activemq/conf", "activemq.xml", "broker.p12");
        var kind = StackStarter.NameOf(broker);
        return new Dictionary<string, string>
        {
            ["MYSQL_IMAGE"] = images["mysql"].Image,
            ["REDIS_IMAGE"] = images["redis"].Image,
            ["ASPNET_IMAGE"] = images[Base].Image,
            ["BROKER_IMAGE"] = images[kind].Image,
            ["BROKER_CONFIG"] = $"{kind}/{config}",
            ["BROKER_CONFIG_PLACE"] = $"{conf}/{config}",
            ["BROKER_CERTIFICATE"] = certificate,
            ["BROKER_CERTIFICATE_PLACE"] = $"{conf}/{certificate}",
            ["BROKER_DATA_PLACE"] = data,
        };
    }

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
        var certificate = authority.Issue(["activemq", "localhost", "127.0.0.1"], DateTimeOffset.UtcNow + CertificateLife);
        foreach (var (name, content) in new[] { ("broker.pem", certificate.Pem), ("broker.p12", certificate.Pkcs12) })
        {
            var file = Path.Combine(folder, name);
            File.WriteAllBytes(file, content);
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        }
    }
}
