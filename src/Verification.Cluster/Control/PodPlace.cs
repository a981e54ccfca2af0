namespace Verification.Cluster.Control;

/// <summary>How the control of a stack finds a pod at each call: by its own name, or as any ready one of a Deployment.</summary>
/// <param name="Namespace">The namespace.</param>
/// <param name="Kind"><c>pod</c> or <c>deployment</c>.</param>
/// <param name="Name">Name of the pod or the Deployment.</param>
internal sealed record PodPlace(string Namespace, string Kind, string Name)
{
    public const string Pod = "pod";
    public const string Deployment = "deployment";

    /// <summary>Reads what <c>stack.json</c> has as the control id of an instance.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static PodPlace Parse(string control) =>
        control.Split('/') is [var space, (Pod or Deployment) and var kind, var name]
            ? new PodPlace(space, kind, name)
            : throw new FormatException($"'{control}' names no pod; expected NAMESPACE/{Pod}/NAME or NAMESPACE/{Deployment}/NAME.");

    public override string ToString() => $"{Namespace}/{Kind}/{Name}";
}
