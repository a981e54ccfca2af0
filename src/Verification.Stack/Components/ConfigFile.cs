namespace Verification.Stack.Components;

/// <summary>A file of a component's configuration.</summary>
/// <param name="Name">Its name in the component's folder.</param>
/// <param name="Format">How settings are written in it.</param>
public sealed record ConfigFile(string Name, ConfigFormat Format);

/// <summary>How settings are written in a file.</summary>
public enum ConfigFormat
{
    /// <summary>One a line, name before value.</summary>
    Lines,

    /// <summary>Elements and attributes of XML.</summary>
    Xml,

    /// <summary>Sections that stand for each other's sake: no line of it can be left out alone, and what runs is held against it line by
    /// line.</summary>
    Whole,
}
