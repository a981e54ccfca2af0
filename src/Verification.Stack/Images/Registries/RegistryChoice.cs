namespace Verification.Stack.Images.Registries;

/// <summary>Which registry images are pulled from: <c>VERIFY_REGISTRY</c>.</summary>
/// <param name="Allowed">False forbids any.</param>
/// <param name="Mirror">Host and port of a mirror that holds all of them, or null for each image's own.</param>
internal sealed record RegistryChoice(bool Allowed, string? Mirror)
{
    public const string Variable = "VERIFY_REGISTRY";

    public static RegistryChoice FromEnvironment() => Parse(Environment.GetEnvironmentVariable(Variable));

    public static RegistryChoice Parse(string? value) => value switch
    {
        null or "" => new RegistryChoice(true, null),
        "none" => new RegistryChoice(false, null),
        _ => new RegistryChoice(true, value.TrimEnd('/')),
    };

    /// <summary>The host that an image comes from; Docker's own for a name without one.</summary>
    public string HostOf(string image) => Mirror ?? (OwnHost(image) ?? "docker.io");

    /// <summary>The references to try: as it is, or on the mirror, where a short name may lie below <c>library/</c>.</summary>
    public IReadOnlyList<string> References(string image)
    {
        if (Mirror is null)
            return [image];
        var path = OwnHost(image) is { } host ? image[(host.Length + 1)..] : image;
        return path.Contains('/', StringComparison.Ordinal) ? [$"{Mirror}/{path}"] : [$"{Mirror}/{path}", $"{Mirror}/library/{path}"];
    }

    private static string? OwnHost(string image)
    {
        var first = image.Split('/')[0];
        return first != image && (first.Contains('.', StringComparison.Ordinal) || first.Contains(':', StringComparison.Ordinal) || first == "localhost") ? first : null;
    }
}
