using Verification.Cluster.Acceptance;
using Verification.Cluster.Definitions;
using Verification.Cluster.Helmfiles;
using Verification.Cluster.Manifests;
using Verification.Cluster.Nodes;

namespace Verification.Tests.Deployment.Cluster;

/// <summary>What Helmfile renders, as an API server takes it that knows the kinds of others: each field of each kind, which no rule
/// knows.</summary>
public sealed class AcceptanceTests(SuiteFixture suite) : ClusterTest(suite)
{
    private const string Accepted = "manifests.accepted";

    /// <summary>The environment that is offered a second time.</summary>
    private const string Alone = "production";

    [Fact]
    [Objective("manifests.accepted")]
    public async Task An_API_server_takes_every_manifest_of_every_environment_strictly()
    {
        RequirePrograms();
        // What costs nothing is told first.
        var definitions = await RequireAsync(() => Task.FromResult(ResourceDefinitions.All()));
        await MeasureAloneAsync();
        await using var cluster = await RequireAsync(() => ThrowawayCluster.StartAsync(Suite.Root, Suite.StageFolder, Tell, Cancellation));
        var offer = await ManifestOffer.ToAsync(cluster.Client, Cancellation);
        await definitions.ApplyAsync(cluster.Client, Cancellation);
        var helmfile = HelmfileDocument.Read(InProject("helmfile.yaml"));
        var spaces = helmfile.Releases.ToDictionary(release => release.Name, release => release.Namespace, StringComparer.Ordinal);

        foreach (var environment in helmfile.Environments)
            Keep(await OfferedAsync(offer, environment, environment, () => RenderAsync(environment), spaces));
        Decide(
            await OfferedAsync(
                offer,
                Alone,
                $"{Alone}, with the contract alone",
                () =>
                    RenderedEnvironment.RenderAsync(
                        Suite.Root,
                        Suite.StageFolder,
                        Alone,
                        $"services: {{contract: {BaseContract.Value}}}\n",
                        Cancellation
                    ),
                spaces
            )
        );
    }

    private async Task<Measurement> OfferedAsync(
        ManifestOffer offer,
        string environment,
        string phase,
        Func<Task<ManifestSet>> render,
        IReadOnlyDictionary<string, string> spaces
    )
    {
        IReadOnlyList<RenderedObject> objects;
        try
        {
            await render();
            objects = RenderedObject.ReadFolder(RenderedEnvironment.FolderOf(Suite.StageFolder, environment));
        }
        catch (Exception e) when (e is HelmfileException or DocumentException)
        {
            return Measurement.OfDeviations(Accepted, [e.Message], 1) with { Phase = phase };
        }

        var offered = await offer.OfferAsync(objects, release => spaces[release], Cancellation);
        if (offered.Unseen.Count > 0)
            Tell($"{phase}: {offered.Unseen.Count} objects were not seen, as nobody has defined {string.Join(", ", offered.Unseen)}");
        return Measurement.OfDeviations(Accepted, offered.Refused, offered.Seen) with
        {
            Phase = phase,
            Files = [new CheckFiles(Suite.Folder).Keep($"{phase} {TestName}", "accepted", offered)],
        };
    }

    /// <summary>Charts of others are rendered where they are at hand: without them the rest is known.</summary>
    private Task<ManifestSet> RenderAsync(string environment) =>
        VerifyVariables.Value(VerifyVariables.Charts) is null
            ? RenderedEnvironment.RenderAsync(Suite.Root, Suite.StageFolder, environment, Cancellation)
            : RenderedEnvironment.RenderWholeAsync(Suite.Root, Suite.StageFolder, environment, Cancellation);
}
