using System.Globalization;

namespace SportBuff;

/// <summary>Reads the variables of the contract; each error names the variable, what was expected and what was found.</summary>
internal static class ServiceEnvironment
{
    public static string Required(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value
        ? value
        : throw new ConfigurationException($"{name} is not set; expected a value.");

    public static string? Optional(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    public static int Port(string name)
    {
        var text = Required(name);
        return int.TryParse(text, CultureInfo.InvariantCulture, out var port) && port is > 0 and < 65536
            ? port
            : throw new ConfigurationException($"{name} is '{text}'; expected a port from 1 to 65535.");
    }

    public static bool Flag(string name)
    {
        var text = Optional(name);
        return text switch
        {
            null or "false" => false,
            "true" => true,
            _ => throw new ConfigurationException($"{name} is '{text}'; expected true or false."),
        };
    }
}

/// <summary>The environment is not usable.</summary>
internal sealed class ConfigurationException(string message) : Exception(message);
