namespace Verification.Objectives;

/// <summary><c>publication.json</c>: where the images of a run lie, as they were verified.</summary>
/// <param name="Registry">The registry, with the path before each component's name.</param>
/// <param name="Images">Each image.</param>
public sealed record Publication(string Registry, IReadOnlyList<PublishedImage> Images);

/// <summary>An image under both its digests.</summary>
/// <param name="Role">Component.</param>
/// <param name="Verified">The digest that the verdict binds: the engine's id of an image made here, else that of the repository it came
/// from.</param>
/// <param name="Image">Name and digest in the registry: <c>registry.example/server@sha256:…</c>.</param>
public sealed record PublishedImage(string Role, string Verified, string Image);
