using Verification.Objectives;

namespace Verification.Stack.Images.Registries;

/// <summary>Which registry images are pulled from (<c>VERIFY_REGISTRY</c>), and how long it may take to answer
/// (<c>VERIFY_REGISTRY_TIMEOUT</c>).</summary>
/// <param name="Allowed">False forbids any.</param>
/// <param name="Mirror">Host and port of a mirror that holds all of them, or null for each image's own.</param>
internal sealed record RegistryChoice(bool Allowed, string? Mirror)
{
    public const string Variable = Sessions.VerifyVariables.Registry;
    public const string TimeoutVariable = Sessions.VerifyVariables.RegistryTimeout;
    private const string DockerHub = "docker.io";

    /// <summary>How long a registry may take to say that it has an image, which an engine asks in three questions or more; the transfer has
    /// its own limit.</summary>
    public TimeSpan AnswerDeadline { get; init; } = TimeSpan.FromSeconds(20);

    /// <exception cref="FormatException">A variable names no registry, or no time.</exception>
    public static RegistryChoice FromEnvironment()
    {
        var choice = Parse(Environment.GetEnvironmentVariable(Variable));
        return Environment.GetEnvironmentVariable(TimeoutVariable) is { Length: > 0 } timeout ? choice.Within(timeout) : choice;
    }

    /// <summary>The same with another time to answer.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public RegistryChoice Within(string timeout)
    {
        try
        {
            return Duration.Parse(timeout) is { Ticks: > 0 } deadline
                ? this with
                {
                    AnswerDeadline = deadline,
                }
                : throw new FormatException("in no time nobody answers.");
        }
        catch (FormatException e)
        {
            throw new FormatException($"{TimeoutVariable}={timeout}: {e.Message}", e);
        }
    }

    public static RegistryChoice Parse(string? value)
    {
        if (value is null or "")
            return new RegistryChoice(true, null);
        if (value == "none")
            return new RegistryChoice(false, null);
        var mirror = value.TrimEnd('/');
        return ImageName.ProblemOf($"{mirror}/any") is null
            ? new RegistryChoice(true, mirror)
            : throw new FormatException(
                $"{Variable}={value}: expected none, or a registry's host with its port, such as mirror.example:5000."
            );
    }

    /// <summary>The host that an image comes from; Docker's own for a name without one.</summary>
    public string HostOf(ImageName image) => Mirror ?? image.Registry ?? DockerHub;

    /// <summary>The names to ask for: its own, or those on the mirror, where a short name may lie below <c>library/</c>.</summary>
    public IReadOnlyList<ImageName> References(ImageName image)
    {
        if (Mirror is null)
            return [image];
        var version = image.Digest is { } digest ? $"@{digest}" : $":{image.Version}";
        IEnumerable<string> paths = image.Repository.Contains('/', StringComparison.Ordinal)
            ? [image.Repository]
            : [image.Repository, $"library/{image.Repository}"];
        return [.. paths.Select(path => ImageName.Parse($"{Mirror}/{path}{version}"))];
    }

    /// <summary>The names that an image asked for by its digest keeps when it came from the mirror: a digest can't be given another
    /// name.</summary>
    public IReadOnlyList<ImageName> Digested(ImageName image) => Mirror is null || image.Digest is null ? [] : References(image);
}
