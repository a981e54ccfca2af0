using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Verification.Objectives;

/// <summary>Takes a name of an image apart from its end to its beginning: digest, tag, registry, repository.</summary>
internal ref struct ImageNameReader
{
    private const int LongestName = 255;
    private const int LongestTag = 128;
    private const int LargestPort = 65535;
    private readonly string text;
    private string? problem;

    private ImageNameReader(string text) => this.text = text;

    /// <summary>The name, or what is wrong with it.</summary>
    public static (ImageName? Name, string? Problem) Read(string text)
    {
        var reader = new ImageNameReader(text);
        var name = reader.Read();
        return reader.problem is null ? (name, null) : (null, $"'{Shown(text)}' names no image: {reader.problem}");
    }

    private ImageName? Read()
    {
        if (text.Length == 0)
            return Fail("it is empty");
        if (text.IndexOf("://", StringComparison.Ordinal) is > 0 and var scheme)
            return Fail($"it has no scheme; leave out '{text[..(scheme + 3)]}'");
        for (var at = 0; at < text.Length; at++)
        {
            if (StrangerAt(at) is { } stranger)
                return Fail(at, stranger);
        }

        var digestAt = text.IndexOf('@', StringComparison.Ordinal);
        var end = digestAt < 0 ? text.Length : digestAt;
        var tagAt = TagColon(end);
        var nameEnd = tagAt < 0 ? end : tagAt;
        var repositoryAt = RegistryEnd(nameEnd);
        if (
            (repositoryAt > 0 && !IsRegistry(repositoryAt - 1))
            || !IsRepository(repositoryAt, nameEnd)
            || (tagAt >= 0 && !IsTag(tagAt + 1, end))
            || (digestAt >= 0 && !IsDigest(digestAt + 1))
        )
            return null;
        if (nameEnd > LongestName)
            return Fail($"its name without tag and digest has {nameEnd} characters; at most {LongestName} are allowed");
        return new ImageName(
            text,
            repositoryAt > 0 ? text[..(repositoryAt - 1)] : null,
            text[repositoryAt..nameEnd],
            tagAt < 0 ? null : text[(tagAt + 1)..end],
            digestAt < 0 ? null : text[(digestAt + 1)..]
        );
    }

    /// <summary>What no part of a name may hold.</summary>
    private readonly string? StrangerAt(int at) =>
        text[at] switch
        {
            ',' or ';' => "is a separator: name one image at a time",
            ' ' or '\t' => "is a blank: a name has none; name one image at a time",
            '\r' or '\n' => "ends a line: take it away, for example with tr -d '\\r'",
            '\\' => "is a backslash: a path has slashes",
            '"' or '\'' => "is a quotation mark: a name has none",
            < ' ' or '\u007f' => "is a control character",
            > '\u007f' => "is none of the characters that a name is made of (a-z, 0-9, and . _ - / : @)",
            _ => null,
        };

    /// <summary>Where the colon before the tag stands: one in front of a slash belongs to a port. -1 where there is none.</summary>
    private readonly int TagColon(int end)
    {
        var before = text.AsSpan(0, end);
        var colon = before.LastIndexOf(':');
        return colon > before.LastIndexOf('/') ? colon : -1;
    }

    /// <summary>Where the repository begins. The first part is a registry if it could be a host only: it has a dot, a port or brackets, or
    /// is localhost.</summary>
    private readonly int RegistryEnd(int nameEnd)
    {
        var slash = text.IndexOf('/', 0, nameEnd);
        if (slash <= 0)
            return 0;
        var first = text.AsSpan(0, slash);
        return first.ContainsAny('.', ':', '[') || first is "localhost" ? slash + 1 : 0;
    }

    private bool IsRegistry(int end)
    {
        var hostEnd =
            text[0] == '[' ? text.IndexOf(']', 0, end) + 1
            : text.IndexOf(':', 0, end) is >= 0 and var colon ? colon
            : end;
        if (text[0] == '[')
        {
            if (
                hostEnd == 0
                || !IPAddress.TryParse(text[1..(hostEnd - 1)], out var address)
                || address.AddressFamily != AddressFamily.InterNetworkV6
            )
                return Refuse(0, "begins an address of IP version 6, which is written as [::1]");
        }
        else if (!IsHost(hostEnd))
        {
            return false;
        }

        if (hostEnd == end)
            return true;
        if (text[hostEnd] != ':')
            return Refuse(hostEnd, "stands where a port or a slash is expected");
        var port = text[(hostEnd + 1)..end];
        return (int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= LargestPort)
            || Refuse(hostEnd, $"is followed by '{port}'; a port is a number from 1 to {LargestPort}");
    }

    private bool IsHost(int end)
    {
        for (var at = 0; at < end; at++)
        {
            var inside = at > 0 && at < end - 1 && text[at - 1] != '.' && text[at + 1] != '.';
            if (!char.IsAsciiLetterOrDigit(text[at]) && !(inside && text[at] is '.' or '-'))
                return Refuse(at, "does not fit into a registry's host, such as registry.example or 10.0.0.1");
        }

        return true;
    }

    private bool IsRepository(int start, int end)
    {
        if (start == end)
        {
            Fail("no repository is named, such as team/server");
            return false;
        }

        for (var at = start; at < end; at++)
        {
            var begins = at == start || text[at - 1] == '/';
            var ends = at == end - 1 || text[at + 1] == '/';
            var fits = text[at] switch
            {
                >= 'a' and <= 'z' or >= '0' and <= '9' => null,
                >= 'A' and <= 'Z' => $"is a capital: a repository is written in lower case ({text[start..end].ToLowerInvariant()})",
                '/' when begins || at == end - 1 => "stands where a part of the path is expected",
                '/' => null,
                '.' or '_' or '-' when begins || ends => "stands at the edge of a part of the path; letters or digits do",
                '-' when text[at - 1] is not ('.' or '_') => null,
                '_' when text[at - 1] is not ('.' or '-') && (text[at - 1] != '_' || text[at - 2] != '_') => null,
                '.' when text[at - 1] is not ('.' or '_' or '-') => null,
                '.' or '_' or '-' => "follows another separator",
                ':' => "is a second colon: only a registry's port and the tag have one",
                _ => "does not fit into a repository (a-z, 0-9, and . _ - / between them)",
            };
            if (fits is not null)
                return Refuse(at, fits);
        }

        return true;
    }

    private bool IsTag(int start, int end)
    {
        if (start == end)
            return Refuse(start - 1, "is followed by no tag");
        for (var at = start; at < end; at++)
        {
            if (!char.IsAsciiLetterOrDigit(text[at]) && text[at] != '_' && (at == start || text[at] is not ('.' or '-')))
                return Refuse(at, "does not fit into a tag (letters, digits, _ and, not in front, . and -)");
        }

        return end - start <= LongestTag || Refuse(start, $"begins a tag of {end - start} characters; at most {LongestTag} are allowed");
    }

    private bool IsDigest(int start)
    {
        var colon = text.IndexOf(':', start);
        var algorithm = colon < 0 ? text[start..] : text[start..colon];
        var expected = algorithm switch
        {
            "sha256" => 64,
            "sha384" => 96,
            "sha512" => 128,
            _ => 0,
        };
        if (colon < 0 || expected == 0)
            return Refuse(start - 1, $"is followed by '{algorithm}'; a digest is sha256: and 64 hexadecimal digits");
        for (var at = colon + 1; at < text.Length; at++)
        {
            if (!char.IsAsciiHexDigitLower(text[at]))
                return Refuse(at, "does not fit into a digest, which is written in 0-9 and a-f");
        }

        var digits = text.Length - colon - 1;
        return digits == expected || Refuse(colon, $"is followed by {digits} hexadecimal digits; {algorithm} has {expected}");
    }

    private bool Refuse(int at, string why)
    {
        Fail(at, why);
        return false;
    }

    private ImageName? Fail(int at, string why) => Fail($"character {at + 1}, '{Shown(text[at..(at + 1)])}', {why}");

    private ImageName? Fail(string why)
    {
        problem ??= why;
        return null;
    }

    /// <summary>A text in which every character can be seen, in one line.</summary>
    private static string Shown(string text)
    {
        var shown = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            _ = character switch
            {
                '\r' => shown.Append("\\r"),
                '\n' => shown.Append("\\n"),
                '\t' => shown.Append("\\t"),
                _ when char.IsControl(character)
                        || char.IsSurrogate(character)
                        || char.GetUnicodeCategory(character) == UnicodeCategory.Format => shown.Append($"\\u{(int)character:x4}"),
                _ => shown.Append(character),
            };
        }

        return shown.ToString();
    }
}
