namespace Verification.Objectives;

/// <summary>Reads <c>safe-settings.yaml</c>.</summary>
public static class SafeSettingsFile
{
    /// <summary>Most rules: more would be a second <c>config/</c>.</summary>
    public const int MostRules = 40;

    /// <summary>Reads and checks a file.</summary>
    /// <param name="file">Its path.</param>
    /// <param name="components">The components that it may name; null for any.</param>
    /// <exception cref="DocumentException">It cannot be used; the message tells where and why.</exception>
    public static IReadOnlyList<SafeSetting> Read(string file, IReadOnlyCollection<string>? components = null)
    {
        var document = DocumentReader.Read(file, "safe-settings");
        var rules = new List<SafeSetting>();
        foreach (var (component, settings) in document.As<Parts>().Components)
        {
            if (components is not null && !components.Contains(component))
                throw document.ErrorAt(
                    $"components.{component}#key",
                    $"'{component}' is no component whose settings are known{Suggestion.For(component, components)}"
                );
            foreach (var (setting, part) in settings)
            {
                var place = $"components.{component}.{setting}#key";
                if (rules.Count == MostRules)
                    throw document.ErrorAt(
                        place,
                        $"'{setting}' is rule {MostRules + 1}, and there may be {MostRules}: a rule says what a promise rests on, config/ says the rest."
                    );
                if (part is { OneOf: null, NoneOf: null, Has: null, AtLeast: null, AtMost: null })
                    throw document.ErrorAt(place, $"'{setting}' demands nothing; give one of one-of, none-of, has, at-least, at-most.");
                rules.Add(
                    new SafeSetting(component, setting, part.Because)
                    {
                        OneOf = part.OneOf ?? [],
                        NoneOf = part.NoneOf ?? [],
                        Has = part.Has,
                        AtLeast = part.AtLeast,
                        AtMost = part.AtMost,
                        MayBeUntold = part.MayBeUntold,
                        Secret = part.Secret,
                    }
                );
            }
        }

        return rules;
    }

    private sealed record Parts(Dictionary<string, Dictionary<string, Rule>> Components);

    private sealed record Rule(
        string Because,
        [property: System.Text.Json.Serialization.JsonPropertyName("one-of")] IReadOnlyList<string>? OneOf = null,
        [property: System.Text.Json.Serialization.JsonPropertyName("none-of")] IReadOnlyList<string>? NoneOf = null,
        string? Has = null,
        [property: System.Text.Json.Serialization.JsonPropertyName("at-least")] double? AtLeast = null,
        [property: System.Text.Json.Serialization.JsonPropertyName("at-most")] double? AtMost = null,
        [property: System.Text.Json.Serialization.JsonPropertyName("may-be-untold")] bool MayBeUntold = false,
        bool Secret = false
    );
}
