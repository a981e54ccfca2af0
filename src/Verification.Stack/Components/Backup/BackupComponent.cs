using System.Globalization;
using System.Text;
using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Configurations;
using DotNet.Testcontainers.Containers;
using Verification.Stack.Components.MySql;
using Verification.Stack.Readiness;

namespace Verification.Stack.Components.Backup;

/// <summary>The procedures of <c>config/backup/</c> in the image that production runs them in. By itself it is the archiver of binary logs;
/// an addition with another command is a job.</summary>
internal sealed class BackupComponent : Component
{
    private const string Procedures = "/opt/backup";
    private const string Secrets = "/run/secrets/backup";

    // Where the archiver leaves what it tells Prometheus.
    private const string Metrics = "/var/lib/backup/metrics.prom";

    /// <inheritdoc />
    public override string Name => Role.Name;

    /// <inheritdoc />
    public override Role Role { get; } = new("backup");

    /// <inheritdoc />
    public override IReadOnlyList<int> Ports => [];

    /// <inheritdoc />
    public override IReadOnlyList<Credential> Credentials => BackupCredentials.Wanted;

    /// <inheritdoc />
    internal override StackComponent Build(InstancePlace place, string image, Surroundings around)
    {
        // It serves nobody, and waits by itself until the server lets it in.
        var ready = new UntilAnswers("runs", _ => Task.CompletedTask);
        var store = BackupStore.Of(around, isJob: place.Addition is not null);
        var builder = place
            .Apply<ContainerBuilder, IContainer, IContainerConfiguration>(new ContainerBuilder(image))
            .WithEnvironment("DB_HOST", around.HostOf(InstanceRole.Mysql))
            .WithEnvironment("DB_PORT", MySqlComponent.Port.ToString(CultureInfo.InvariantCulture))
            .WithEnvironment("REPOSITORY", store.Repository)
            .WithEnvironment("METRICS", Metrics)
            .WithCommand("archive-binlogs")
            .WithWaitStrategy(Wait.ForUnixContainer().AddCustomWaitStrategy(ready));
        builder = Directory
            .EnumerateFiles(Path.Combine(around.Root.Config, Name))
            .Aggregate(
                builder,
                (next, file) =>
                    next.WithResourceMapping(
                        File.ReadAllBytes(file),
                        $"{Procedures}/{Path.GetFileName(file)}",
                        fileMode: InsideModes.Program
                    )
            );
        builder = SecretsOf(around, store)
            .Aggregate(
                builder,
                (next, secret) =>
                    next.WithResourceMapping(
                        Encoding.UTF8.GetBytes(secret.Value),
                        $"{Secrets}/{secret.Key}",
                        fileMode: UnixFileModes.UserRead
                    )
            );
        return new StackComponent(place.Name, Role, builder.Build(), ready, place.Ports);
    }

    private static IReadOnlyDictionary<string, string> SecretsOf(Surroundings around, BackupStore store) =>
        new Dictionary<string, string>(new BackupCredentials(around.Secrets).Files.Concat(store.Secrets), StringComparer.Ordinal)
        {
            ["root-password"] = new MySqlCredentials(around.Secrets).RootPassword,
        };
}
