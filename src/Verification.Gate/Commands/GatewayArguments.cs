using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Verification.Gate.Drills;
using Verification.Objectives;
using Verification.Stack;

namespace Verification.Gate.Commands;

/// <summary>What the options of <c>attach</c> say of the way in from outside.</summary>
/// <param name="Gateway">The way in; null where none is named.</param>
/// <param name="Token">Where the token is read from; null where none is named.</param>
internal sealed record GatewayArguments(GatewayDescription? Gateway, string? Token)
{
    private const string File = "file:";

    /// <summary>Reads them.</summary>
    /// <exception cref="UsageException">One is none, or makes no sense without another.</exception>
    public static GatewayArguments Read(string? url, string? address, string? authority, string? token)
    {
        if (url is null)
        {
            return (address, authority, token) is (null, null, null)
                ? new GatewayArguments(null, null)
                : throw new UsageException(
                    $"{(address is not null ? "--gateway-address" : authority is not null ? "--gateway-authority" : "--gateway-token")} without --gateway: name the way in with --gateway https://HOST."
                );
        }

        return new GatewayArguments(
            new GatewayDescription(UrlOf(url)) { Address = AddressOf(address), Authority = AuthorityOf(authority) },
            TokenOf(token)
        );
    }

    private static string UrlOf(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var read)
        && read is { Scheme: "https", PathAndQuery: "/", Fragment: "", UserInfo: "", Host.Length: > 0 }
            ? read.GetLeftPart(UriPartial.Authority)
            : throw new UsageException($"--gateway {url} is no way in: expected https://HOST or https://HOST:PORT, without a path.");

    private static string? AddressOf(string? address)
    {
        if (address is null)
            return null;
        try
        {
            _ = HostEndpoint.Parse(address);
            return address;
        }
        catch (FormatException e)
        {
            throw new UsageException($"--gateway-address: {e.Message}");
        }
    }

    private static string? AuthorityOf(string? file)
    {
        if (file is null)
            return null;
        var path = Path.GetFullPath(file);
        try
        {
            X509Certificate2Collection found = [];
            found.ImportFromPemFile(path);
            return found.Count > 0
                ? path
                : throw new UsageException(
                    $"--gateway-authority: {path} holds no certificate: expected the authorities of the gateway's, PEM."
                );
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"--gateway-authority: {path} can't be read as PEM: {Quotation.Of(e.Message)}");
        }
    }

    /// <summary>Where it is, from wherever it is read; the token itself is written nowhere.</summary>
    private static string? TokenOf(string? token)
    {
        if (token is null)
            return null;
        _ = SecretSource.Read("--gateway-token", token);
        return token.StartsWith(File, StringComparison.Ordinal) ? $"{File}{Path.GetFullPath(token[File.Length..])}" : token;
    }
}
