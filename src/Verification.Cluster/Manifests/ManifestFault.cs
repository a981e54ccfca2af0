namespace Verification.Cluster.Manifests;

/// <summary>What is wrong with an object that is to be deployed.</summary>
/// <param name="Manifest">The object.</param>
/// <param name="Problem">What is wrong, as a phrase.</param>
/// <param name="Fix">What to do, as a phrase.</param>
public sealed record ManifestFault(Manifest Manifest, string Problem, string Fix);
