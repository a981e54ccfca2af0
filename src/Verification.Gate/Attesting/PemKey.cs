using System.Security.Cryptography;
using Verification.Gate.Commands;
using Verification.Objectives;

namespace Verification.Gate.Attesting;

/// <summary>Reads the keys that sign verdicts: PEM files (RFC 7468), ECDSA on the curve P-256.</summary>
internal static class PemKey
{
    /// <summary>Stands before the key in what <c>openssl ecparam -genkey</c> writes.</summary>
    private const string Parameters = "EC PARAMETERS";

    private const string Public = "PUBLIC KEY";
    private static readonly string[] Private = ["PRIVATE KEY", "EC PRIVATE KEY"];

    /// <summary>Reads a key that signs.</summary>
    /// <param name="origin">What names the file, for messages.</param>
    /// <param name="file">Path of the file.</param>
    /// <exception cref="UsageException">It is not there, can't be read, is encrypted, or holds something else.</exception>
    public static ECDsa ReadPrivate(string origin, string file) =>
        Read(origin, file, Private, "private", "openssl ecparam -name prime256v1 -genkey -noout -out FILE makes one");

    /// <summary>Reads a key that a signature is held against.</summary>
    /// <inheritdoc cref="ReadPrivate"/>
    public static ECDsa ReadPublic(string origin, string file) =>
        Read(origin, file, [Public], "public", "openssl ec -in PRIVATE -pubout -out FILE makes one");

    private static ECDsa Read(string origin, string file, string[] labels, string kind, string advice)
    {
        UsageException Problem(string problem) =>
            new(
                $"{origin} {file}: {problem}. Name the PEM file of {(kind == "public" ? "a public" : "an unencrypted private")} ECDSA key on the curve P-256; {advice}."
            );
        var text = TextOf(file, Problem);
        var (label, content) = FirstOf(text) ?? throw Problem("it holds no PEM");
        if (label.StartsWith("ENCRYPTED", StringComparison.Ordinal))
            throw Problem("its key is encrypted, and nobody is asked for a password");
        if (!labels.Contains(label))
            throw Problem($"it holds a {label}, and a {kind} key is wanted");
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(content);
            return key.ExportParameters(includePrivateParameters: false).Curve.Oid.Value == ECCurve.NamedCurves.nistP256.Oid.Value
                ? key
                : throw Problem("its key is on another curve than P-256");
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException or UsageException)
        {
            key.Dispose();
            throw e as UsageException ?? Problem("its key is no ECDSA key");
        }
    }

    private static string TextOf(string file, Func<string, UsageException> problem)
    {
        if (!File.Exists(file))
            throw problem("there is no such file");
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw problem($"it can't be read ({Quotation.Of(e.Message).TrimEnd('.')})");
        }
    }

    /// <summary>The first block that is no parameters; null where there is none.</summary>
    private static (string Label, string Content)? FirstOf(string text)
    {
        var rest = text.AsSpan();
        while (PemEncoding.TryFind(rest, out var fields))
        {
            if (rest[fields.Label] is not Parameters)
                return (rest[fields.Label].ToString(), rest[fields.Location].ToString());
            rest = rest[fields.Location.End..];
        }

        return null;
    }
}
