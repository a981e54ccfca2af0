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
}
