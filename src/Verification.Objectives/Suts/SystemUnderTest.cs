namespace Verification.Objectives;

/// <summary><c>sut.yaml</c>: an implementation of the contract.</summary>
/// <param name="Name">Its name, for reports.</param>
/// <param name="Images">Its images.</param>
/// <param name="Environment">Variables beyond the contract.</param>
/// <param name="AnonymousBroker">Whether it can't log in to the broker.</param>
/// <param name="Tls">Whether it speaks TLS to the broker.</param>
/// <param name="DdlRights">Whether its database user must be able to make tables; where not, it finds the one that is deployed.</param>
/// <param name="Extras">Ids of the objectives beyond the contract that it promises.</param>
public sealed record SystemUnderTest(
    string Name,
    ServiceImages Images,
    ServiceEnvironment Environment,
    bool AnonymousBroker,
    bool Tls,
    bool DdlRights,
    IReadOnlyList<string> Extras
);

/// <summary>Image names, <c>build</c> for the reference service, or <c>build:PROJECT</c> for another project of the checkout.</summary>
public sealed record ServiceImages(string Dashboard, string Server)
{
    /// <summary>Stands for the reference service of the checkout.</summary>
    public const string Build = "build";

    /// <summary>Stands before the path, from the root of the checkout, of a project that is built as the reference service is.</summary>
    public const string BuildOf = "build:";

    /// <summary>Whether it asks for a service to be built, and is no name of an image.</summary>
    public static bool IsBuilt(string image) => image == Build || image.StartsWith(BuildOf, StringComparison.Ordinal);

    /// <summary>What is wrong with what stands for a service's image, in one line; null where nothing is.</summary>
    public static string? ProblemOf(string image) => IsBuilt(image) ? null : ImageName.ProblemOf(image);
}

/// <summary>Further environment of each service.</summary>
public sealed record ServiceEnvironment(IReadOnlyDictionary<string, string> Dashboard, IReadOnlyDictionary<string, string> Server);

/// <summary>Reads <c>sut.yaml</c>.</summary>
public static class SutFile
{
    /// <summary>Reads a file, and holds what it promises beyond the contract against the objectives: a promise that is misspelt would be
    /// one that nobody measures.</summary>
    /// <param name="file">Its path.</param>
    /// <param name="gates">The objectives.</param>
    /// <exception cref="DocumentException">It cannot be used, or promises what is no objective beyond the contract.</exception>
    public static SystemUnderTest Read(string file, Gates gates)
    {
        var document = DocumentReader.Read(file, "sut");
        var sut = OfUsableImages(document);
        var known = gates
            .Objectives.Values.Where(objective => objective.Kind == ObjectiveKind.Extra)
            .Select(objective => objective.Id)
            .ToList();
        for (var index = 0; index < sut.Extras.Count; index++)
        {
            var extra = sut.Extras[index];
            var problem =
                !gates.Objectives.ContainsKey(extra)
                    ? $"'{extra}' is no objective{Suggestion.For(extra, known)} Objectives beyond the contract: {string.Join(", ", known)}."
                : !known.Contains(extra, StringComparer.Ordinal)
                    ? $"'{extra}' is no extra: the contract promises it of every implementation. Take the line out."
                : sut.Extras.Take(index).Contains(extra, StringComparer.Ordinal) ? $"'{extra}' stands here twice. Take one out."
                : null;
            if (problem is not null)
                throw document.ErrorAt($"extras[{index}]", problem);
        }

        return sut;
    }

    /// <summary>Reads a file, for those who only want its images: its promises are not held against any objectives.</summary>
    /// <exception cref="DocumentException">It cannot be used.</exception>
    public static SystemUnderTest Read(string file) => OfUsableImages(DocumentReader.Read(file, "sut"));

    private static SystemUnderTest OfUsableImages(Document document)
    {
        var sut = document.As<SystemUnderTest>();
        foreach (var (place, image) in new[] { ("images.dashboard", sut.Images.Dashboard), ("images.server", sut.Images.Server) })
        {
            if (ServiceImages.ProblemOf(image) is { } problem)
                throw document.ErrorAt(place, problem);
        }

        return sut;
    }
}
