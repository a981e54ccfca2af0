namespace Verification.Cluster.Helmfiles;

/// <summary>A release that <c>helmfile.yaml</c> names.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Namespace">The namespace it is in.</param>
/// <param name="Chart">Its chart, as the file names it.</param>
/// <param name="Needs">What must be there before it, each <c>namespace/name</c>.</param>
/// <param name="Line">Line of the file.</param>
public sealed record HelmfileRelease(string Name, string Namespace, string Chart, IReadOnlyList<string> Needs, int Line)
{
    /// <summary>What is called around it.</summary>
    public IReadOnlyList<HelmfileHook> Hooks { get; init; } = [];

    /// <summary>How another release names it as a need.</summary>
    public string Id => $"{Namespace}/{Name}";
}
