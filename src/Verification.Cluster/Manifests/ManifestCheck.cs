namespace Verification.Cluster.Manifests;

/// <summary>A rule that all that is deployed keeps.</summary>
public abstract class ManifestCheck
{
    /// <summary>Its name, as exceptions name it.</summary>
    public abstract string Name { get; }

    /// <summary>Whether it holds in an environment; every rule does, unless it says otherwise.</summary>
    /// <param name="environment">Name of the environment.</param>
    public virtual bool HoldsIn(string environment) => true;

    /// <summary>What breaks it.</summary>
    public abstract IEnumerable<ManifestFault> FaultsOf(ManifestSet set);
}
