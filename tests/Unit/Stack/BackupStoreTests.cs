using Verification.Objectives;
using Verification.Stack;
using Verification.Stack.Components;
using Verification.Stack.Components.Backup;
using Verification.Stack.Components.ObjectStore;
using Verification.Stack.Components.RestStore;
using Verification.Stack.Components.Watching;
using Verification.Stack.Topologies;
using Verification.Tests.Unit.Objectives;
using Xunit;

namespace Verification.Tests.Unit.Stack;

/// <summary>Where the procedures of a stack go, and what lets them in.</summary>
public sealed class BackupStoreTests : IDisposable
{
    private static readonly ProjectRoot Own = ProjectRoot.Find();
    private readonly OwnFolder folder = new();
    private readonly Secrets secrets;

    public BackupStoreTests() =>
        secrets = Secrets.Generate(new RunFolder(folder.Path), [.. ObjectStoreCredentials.Wanted, .. RestStoreCredentials.Wanted]).Clear;

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("backup", false, "s3:http://object-store:8080/backup", "object-store-credentials")]
    [InlineData("backup", true, "s3:http://object-store:8080/backup", "object-store-credentials")]
    [InlineData("rest-backup", false, "rest:http://rest-store:8080/backup", "rest-credentials")]
    [InlineData("rest-backup", true, "rest:http://rest-store:8081/backup", "rest-credentials")]
    public void The_store_of_a_stack_is_that_of_its_procedures(string addition, bool isJob, string repository, string credentials)
    {
        var store = Of(addition, isJob);

        Assert.Equal(repository, store.Repository);
        Assert.Equal([credentials, "retention-credentials"], store.Secrets.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_job_can_only_add_where_the_store_tells_that_apart()
    {
        var (archiver, job) = (Of("rest-backup", isJob: false).Secrets, Of("rest-backup", isJob: true).Secrets);

        Assert.StartsWith("whole:", archiver["rest-credentials"]);
        Assert.StartsWith("adding:", job["rest-credentials"]);
        Assert.All([archiver, job], held => Assert.StartsWith("whole:", held["retention-credentials"]));
    }

    private BackupStore Of(string addition, bool isJob)
    {
        var topology = KnownTopologies.Catalog.Parse($"single+{addition}");
        var archiver = topology.Parts.Single(part => part.Name == "archiver");
        return BackupStore.Of(
            new Surroundings(Own, new RunFolder(folder.Path), secrets, SutFile.Read(Own.Sut), role => topology.HostsOf(role, archiver))
            {
                Broker = BrokerKind.Artemis,
                InstancesOf = _ => [],
                Lapse = TimeLapse.None,
            },
            isJob
        );
    }
}
