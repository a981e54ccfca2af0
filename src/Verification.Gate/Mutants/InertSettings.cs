using Verification.Objectives;
using Verification.Stack;

namespace Verification.Gate.Mutants;

/// <summary><c>mutants/inert.yaml</c>: settings whose loss no objective can see, each with its reason.</summary>
internal sealed class InertSettings
{
    private readonly Document document;
    private readonly IReadOnlyDictionary<string, string> reasons;

    private InertSettings(Document document)
    {
        this.document = document;
        reasons = document.As<Part>().Settings;
    }

    /// <summary>Reads the file.</summary>
    /// <exception cref="DocumentException">It cannot be used.</exception>
    public static InertSettings Read(ProjectRoot root) =>
        new(DocumentReader.Read(Path.Combine(root.Path, "mutants", "inert.yaml"), "inert"));

    /// <summary>Why a setting is inert; null where it is not listed.</summary>
    public string? ReasonOf(string setting) => reasons.GetValueOrDefault(setting);

    /// <summary>Checks that each one listed is a setting.</summary>
    /// <exception cref="DocumentException">One is none.</exception>
    public void MustBeAmong(IReadOnlyCollection<string> settings)
    {
        if (reasons.Keys.FirstOrDefault(name => !settings.Contains(name)) is { } unknown)
            throw document.ErrorAt(
                $"settings.{unknown}#key",
                $"'{unknown}' is no setting of config/{Suggestion.For(unknown, settings)} Take the line out, or name the setting as './verify mutants --generated --list' does."
            );
    }

    private sealed record Part(IReadOnlyDictionary<string, string> Settings);
}
