namespace Verification.Stack.Engine;

/// <summary>Where a Docker engine may listen.</summary>
/// <param name="Address">With a port, where it is one of a network.</param>
/// <param name="NamedBy">Who names it, as it stands in a message: a variable, a context; null for a usual socket.</param>
internal sealed record EngineAddress(Uri Address, string? NamedBy)
{
    /// <summary>The schemes that are taken, for messages.</summary>
    public const string Schemes = "unix:///PATH, tcp://HOST:PORT, http://HOST:PORT and https://HOST:PORT are taken";

    // What docker itself takes where no port is named.
    private const int PlainPort = 2375;

    /// <summary>Reads an address as docker writes it.</summary>
    /// <param name="text">The address.</param>
    /// <param name="namedBy">Who names it.</param>
    /// <exception cref="EngineMissingException">It is none, or of a scheme that is not taken.</exception>
    public static EngineAddress Parse(string text, string namedBy)
    {
        if (text.StartsWith('/'))
            throw Refuse(namedBy, text, $"a path has no scheme: write unix://{text}");
        if (!Uri.TryCreate(text, UriKind.Absolute, out var address))
            throw Refuse(namedBy, text, "this is no address");
        return address.Scheme switch
        {
            "unix" when address.Host.Length == 0 && address.LocalPath.Length > 1 => new EngineAddress(address, namedBy),
            "unix" => throw Refuse(namedBy, text, "a socket is named by its full path, as in unix:///var/run/docker.sock"),
            "tcp" or "http" or "https" when address.Host.Length == 0 => throw Refuse(namedBy, text, "this names no host"),
            "tcp" => new EngineAddress(address.IsDefaultPort ? new UriBuilder(address) { Port = PlainPort }.Uri : address, namedBy),
            "http" or "https" => new EngineAddress(address, namedBy),
            "ssh" => throw Refuse(
                namedBy,
                text,
                "an engine behind ssh publishes its ports on the other machine, where the suite does not reach them: run the suite there"
            ),
            "npipe" => throw Refuse(namedBy, text, "named pipes are of Windows, where the suite does not run: use WSL 2"),
            var other => throw Refuse(namedBy, text, $"{other} is no scheme that is taken"),
        };
    }

    /// <summary>The address without a password, and who names it.</summary>
    public override string ToString()
    {
        var shown =
            Address.UserInfo.Length == 0
                ? Address.OriginalString
                : Address.OriginalString.Replace($"{Address.UserInfo}@", string.Empty, StringComparison.Ordinal);
        return NamedBy is null ? shown : $"{shown} ({NamedBy})";
    }

    /// <summary>What to do where it does not answer.</summary>
    public static string AdviceOf(string namedBy) => $"Start it, or change what names it: {namedBy}.";

    private static EngineMissingException Refuse(string namedBy, string text, string problem) =>
        new(
            [$"{namedBy} names {WithoutPassword(text)}: {problem}"],
            $"Of addresses, {Schemes}; change {namedBy}, or unset it to have the usual sockets tried."
        );

    private static string WithoutPassword(string text)
    {
        var at = text.IndexOf('@', StringComparison.Ordinal);
        var colon = text.IndexOf(':', text.IndexOf("://", StringComparison.Ordinal) is var scheme and >= 0 ? scheme + 3 : 0);
        return at > 0 && colon > 0 && colon < at ? $"{text[..colon]}:…{text[at..]}" : text;
    }
}
