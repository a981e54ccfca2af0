namespace Verification.Objectives;

/// <summary><c>mutant.yaml</c>: a seeded defect, and the objective that must catch it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Defect">What is wrong with it, one sentence.</param>
/// <param name="Objective">Id of the objective that is PASS without it and FAIL with it.</param>
/// <param name="Dimensions">The dimensions on which it must fail; empty for any.</param>
/// <param name="Patch">Absolute path of a unified diff, applied to a copy of the project; null if an overlay is used.</param>
/// <param name="Overlay">Absolute path of a folder, laid over a copy of the project; null if a patch is used.</param>
/// <param name="TimeLimit">Wall time of its run.</param>
public sealed record Mutant(
    string Name,
    string Defect,
    string Objective,
    IReadOnlyDictionary<string, string> Dimensions,
    string? Patch,
    string? Overlay,
    TimeSpan TimeLimit
)
{
    /// <summary>The component at fault; null where it is not said.</summary>
    public string? Component { get; init; }

    /// <summary>How often it is tried at most until it is killed: more than once where that is a matter of chance.</summary>
    public int Tries { get; init; } = 1;
}

/// <summary>Reads <c>mutant.yaml</c>.</summary>
public static class MutantFile
{
    /// <summary>Reads a file.</summary>
    /// <param name="file">Its path.</param>
    /// <param name="gates">The objectives it may name.</param>
    /// <exception cref="DocumentException">It cannot be used, names an unknown objective, or names not exactly one of patch and
    /// overlay.</exception>
    public static Mutant Read(string file, Gates gates)
    {
        var document = DocumentReader.Read(file, "mutant");
        var part = document.As<Part>();
        if (!gates.Objectives.ContainsKey(part.Objective))
            throw document.ErrorAt(
                "objective",
                $"'{part.Objective}' is no objective{Suggestion.For(part.Objective, gates.Objectives.Keys)}"
            );
        if (part.Patch is null == part.Overlay is null)
            throw document.ErrorAt(string.Empty, "expected either 'patch' or 'overlay', and not both.");
        var folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
        var change = Path.Combine(folder, part.Patch ?? part.Overlay!);
        if (!File.Exists(change) && !Directory.Exists(change))
            throw document.ErrorAt(part.Patch is null ? "overlay" : "patch", $"there is no {change}.");
        return new Mutant(
            part.Name,
            part.Defect,
            part.Objective,
            part.Dimensions ?? new Dictionary<string, string>(),
            part.Patch is null ? null : change,
            part.Overlay is null ? null : change,
            document.DurationAt("timeLimit", part.TimeLimit)
        )
        {
            Component = part.Component,
            Tries = part.Tries ?? 1,
        };
    }

    private sealed record Part(
        string Name,
        string Defect,
        string Objective,
        IReadOnlyDictionary<string, string>? Dimensions,
        string? Patch,
        string? Overlay,
        string TimeLimit,
        string? Component = null,
        int? Tries = null
    );
}
