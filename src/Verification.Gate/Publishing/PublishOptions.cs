using Verification.Objectives;

namespace Verification.Gate.Publishing;

/// <summary>What a user asks of <c>verify publish</c>.</summary>
/// <param name="Run">The run's id, <c>last</c>, or a path; null for the newest that is PASS.</param>
/// <param name="Registry">Registry, with the path before each component's name.</param>
/// <param name="Environment">Whose <c>images.yaml</c> is written; null for none.</param>
internal sealed record PublishOptions(string? Run, string Registry, string? Environment)
{
    /// <summary>The name of a component's image in a registry.</summary>
    public static ImageName NameOf(string registry, string component, string tag) =>
        ImageName.Parse($"{registry.TrimEnd('/')}/{component}:{tag}");
}
