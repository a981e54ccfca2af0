using System.Globalization;

namespace SportBuff;

/// <summary>Reads the variables of the contract. What is wrong is gathered, so that one message names it all: each variable, what was
/// found, what was expected.</summary>
/// <param name="read">Gives the value of a variable, null where it is not set. An empty value counts as none.</param>
internal sealed class ServiceEnvironment(Func<string, string?> read)
{
    private const string AnyPort = "a port from 1 to 65535";
    private readonly List<string> problems = [];

    /// <summary>A value that must be there; empty where it is not.</summary>
    public string Required(string name, string expected)
    {
        var value = Optional(name);
        if (value is null)
            Refuse(name, null, expected);
        return value ?? string.Empty;
    }

    public string? Optional(string name) => read(name) is { Length: > 0 } value ? value : null;

    /// <summary>A port that must be there; 0 where it is none.</summary>
    public int Port(string name)
    {
        if (OptionalPort(name) is { } port)
            return port;
        Refuse(name, null, AnyPort);
        return 0;
    }

    /// <summary>A port, null where none is set; 0 where it is none.</summary>
    public int? OptionalPort(string name)
    {
        if (Optional(name) is not { } text)
            return null;
        if (PortOf(text) is { } port)
            return port;
        Refuse(name, text, AnyPort);
        return 0;
    }

    public bool Flag(string name)
    {
        var text = Optional(name);
        if (text is not (null or "true" or "false"))
            Refuse(name, text, "true or false");
        return text == "true";
    }

    /// <summary>A list of <c>host:port,…</c>; with a default port, <c>host[:port],…</c>. IPv6 addresses with a port stand in
    /// brackets.</summary>
    public IReadOnlyList<(string Host, int Port)> Endpoints(string name, int? defaultPort, string expected)
    {
        if (Optional(name) is not { } list)
        {
            Refuse(name, null, expected);
            return [];
        }

        var endpoints = new List<(string, int)>();
        foreach (var text in list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (Endpoint(text, defaultPort) is { } endpoint)
                endpoints.Add(endpoint);
            else
                Refuse(name, text, expected);
        }

        if (endpoints.Count == 0)
            Refuse(name, list, expected);
        return endpoints;
    }

    /// <summary>Notes that a variable can't be used.</summary>
    public void Refuse(string name, string? found, string expected) =>
        problems.Add(found is null ? $"{name} is not set, expected {expected}" : $"{name} is '{Shown(found)}', expected {expected}");

    /// <summary>To be called once everything was read.</summary>
    /// <exception cref="ConfigurationException">Something is missing or wrong.</exception>
    public void Check()
    {
        if (problems.Count > 0)
            throw new ConfigurationException(string.Join("; ", problems.Distinct()));
    }

    private static (string Host, int Port)? Endpoint(string text, int? defaultPort)
    {
        var colon = text.LastIndexOf(':');
        var hasPort = colon >= 0 && (text.IndexOf(':') == colon || text[colon - 1] == ']');
        var host = (hasPort ? text[..colon] : text).Trim('[', ']');
        if (Uri.CheckHostName(host) == UriHostNameType.Unknown)
            return null;
        if (!hasPort)
            return defaultPort is { } port ? (host, port) : null;
        return PortOf(text[(colon + 1)..]) is { } own ? (host, own) : null;
    }

    private static int? PortOf(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and < 65536 ? port : null;

    /// <summary>A value that looks like <c>user:password@host</c> is shown without what stands before the host.</summary>
    private static string Shown(string value) => value.LastIndexOf('@') is > 0 and var at ? $"***{value[at..]}" : value;
}

/// <summary>The environment is not usable.</summary>
internal sealed class ConfigurationException(string message) : Exception(message);
