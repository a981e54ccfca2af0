using Verification.Cluster.Manifests.Checks;

namespace Verification.Cluster.Manifests;

/// <summary>The rules that all that is deployed keeps.</summary>
public static class ManifestChecks
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<ManifestCheck> All { get; } =
    [
        new AutoscalersCanMeasure(),
        new AutoscalersHaveRoom(),
        new AutoscalersHaveTargets(),
        new BehaviourIsDeployed(),
        new CapabilitiesAreDropped(),
        new ConfigurationChangesPods(),
        new DataOutlivesReleases(),
        new DiskIsLimited(),
        new DisruptionIsBounded(),
        new GatewaysAreHardened(),
        new GraceOutlastsDrain(),
        new ImagesArePinned(),
        new ManagedStoresAreEncrypted(),
        new MemoryIsLimited(),
        new NamesAreUnique(),
        new NamespacesAreRestricted(),
        new NoHostNamespaces(),
        new NoHostPaths(),
        new NoHostPorts(),
        new NoSecretInVariables(),
        new NoSecretsInConfigMaps(),
        new NoSecretsInManifests(),
        new NoTokens(),
        new NothingEscalates(),
        new NothingIsOpenOutside(),
        new NothingIsOpenWithin(),
        new NothingRunsAsRoot(),
        new OneSaysHowMany(),
        new OutsideIsNamed(),
        new PodsAreSpread(),
        new ProbesDiffer(),
        new ReadsAreLimited(),
        new RecommendedLabels(),
        new RegistryIsOurs(),
        new RequestsAreGiven(),
        new RightsAreNarrow(),
        new RootIsReadOnly(),
        new RoutesAreNarrow(),
        new SeccompIsDefault(),
        new SecretsAreRefreshed(),
        new SecretsAreThere(),
        new SecretsHaveAnOrigin(),
        new SelectorsFit(),
        new ServicesAreSeveral(),
        new ServicesDrain(),
        new ServicesLeadToPods(),
        new StatefulSetsAreNamed(),
        new StatefulSetsStartSlowly(),
        new TakesDigests(),
        new VersionsAreServed(),
        new WaysInAreNamed(),
        new WritesAreAuthenticated(),
    ];
}
