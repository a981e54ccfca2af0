namespace Verification.Platform;

/// <summary>Shortens what is quoted from outside.</summary>
public static class Cut
{
    /// <summary>The begin of a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="characters">Most characters to keep.</param>
    public static string To(string text, int characters) => text.Length <= characters ? text : $"{text[..characters]}…";
}
