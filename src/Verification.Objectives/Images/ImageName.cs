namespace Verification.Objectives;

/// <summary>
/// The name of an image, <c>[registry/]repository[:tag][@digest]</c>, by the grammar that engines and registries share
/// (https://github.com/distribution/reference, OCI distribution specification 1.1).
/// </summary>
public sealed record ImageName
{
    private const string DockerHub = "docker.io";
    private const string Library = "library/";
    private readonly string text;

    internal ImageName(string text, string? registry, string repository, string? tag, string? digest) =>
        (this.text, Registry, Repository, Tag, Digest) = (text, registry, repository, tag, digest);

    /// <summary>Host, with its port if it has one; null where none is named, which means Docker Hub.</summary>
    public string? Registry { get; }

    /// <summary>Path in the registry, as it was written.</summary>
    public string Repository { get; }

    /// <summary>Null where none is named.</summary>
    public string? Tag { get; }

    /// <summary><c>sha256:…</c>; null where none is named.</summary>
    public string? Digest { get; }

    /// <summary>Registry and repository.</summary>
    public string Name => Registry is null ? Repository : $"{Registry}/{Repository}";

    /// <summary>Registry and repository as engines shorten them: without those of Docker Hub that go without saying.</summary>
    public string Familiar
    {
        get
        {
            if (Registry is not (null or DockerHub or $"index.{DockerHub}"))
                return Name;
            return Repository.StartsWith(Library, StringComparison.Ordinal) && Repository.LastIndexOf('/') == Library.Length - 1
                ? Repository[Library.Length..]
                : Repository;
        }
    }

    /// <summary>What an engine is asked for behind the name: the digest, else the tag, else <c>latest</c>.</summary>
    public string Version => Digest ?? Tag ?? "latest";

    /// <summary>The name under which an engine has the image: by its digest if one is named (a tag beside it says nothing more), else as it
    /// was written.</summary>
    public string OnEngine => Digest is null ? text : $"{Name}@{Digest}";

    /// <summary>Whether another name asks for the same.</summary>
    public bool AsksForSameAs(ImageName other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return (Familiar, Version) == (other.Familiar, other.Version);
    }

    /// <summary>Reads a name.</summary>
    /// <exception cref="FormatException">It is none; the message says what is wrong, and at which character.</exception>
    public static ImageName Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var (name, problem) = ImageNameReader.Read(text);
        return name ?? throw new FormatException(problem);
    }

    /// <summary>What is wrong with a name, in one line; null where nothing is.</summary>
    public static string? ProblemOf(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return ImageNameReader.Read(text).Problem;
    }

    /// <inheritdoc />
    public override string ToString() => text;
}
