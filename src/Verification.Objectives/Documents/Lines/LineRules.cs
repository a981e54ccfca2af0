using System.Text.Json;

namespace Verification.Objectives;

/// <summary>What a line must hold beyond the types of its record: the ranges and patterns of its schema.</summary>
public static class LineRules
{
    /// <summary>Demands that a rule holds.</summary>
    /// <param name="holds">Whether it does.</param>
    /// <param name="rule">The rule, for people.</param>
    /// <exception cref="JsonException">It does not.</exception>
    public static void Demand(bool holds, string rule)
    {
        if (!holds)
            throw new JsonException($"expected {rule}.");
    }

    /// <summary>Whether a figure is one: JSON can write what no number holds.</summary>
    public static bool IsFigure(double? value) => value is not { } number || double.IsFinite(number);

    /// <summary>Whether a text is an objective's id: area.promise in lower case.</summary>
    /// <param name="text">The text; null while it is not known whether it is there at all.</param>
    public static bool IsObjective(string? text)
    {
        if (text is null)
            return false;
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 && dot < text.Length - 1 && IsName(text.AsSpan(0, dot)) && IsName(text.AsSpan(dot + 1));
    }

    /// <summary>Whether a text is a component's name.</summary>
    public static bool IsComponent(string? text) => text is { Length: > 0 } && IsName(text);

    private static bool IsName(ReadOnlySpan<char> text)
    {
        foreach (var letter in text)
        {
            if (!char.IsAsciiLetterLower(letter) && !char.IsAsciiDigit(letter) && letter != '-')
                return false;
        }

        return true;
    }
}
