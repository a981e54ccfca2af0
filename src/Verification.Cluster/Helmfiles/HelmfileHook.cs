namespace Verification.Cluster.Helmfiles;

/// <summary>A program that Helmfile calls.</summary>
/// <param name="Events">When it is called.</param>
/// <param name="Command">The program, as the file names it.</param>
public sealed record HelmfileHook(IReadOnlyList<string> Events, string Command);
