using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;

namespace Verification.Cluster.Gateways;

/// <summary>Issues tokens (JWT, RFC 7519, signed by ES256) with a key of its own, which nobody else ever had.</summary>
public sealed class TokenIssuer : IDisposable
{
    private const string KeyId = "run";
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    /// <summary>Its public key as a key set (JWKS, RFC 7517).</summary>
    public string KeySet()
    {
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        return JsonSerializer.Serialize(
            new
            {
                keys = new[]
                {
                    new
                    {
                        kty = "EC",
                        crv = "P-256",
                        alg = "ES256",
                        use = "sig",
                        kid = KeyId,
                        x = Base64Url.EncodeToString(point.X),
                        y = Base64Url.EncodeToString(point.Y),
                    },
                },
            }
        );
    }

    /// <summary>Issues a token.</summary>
    /// <param name="issuer">Who it says has issued it.</param>
    /// <param name="audience">For whom it is.</param>
    /// <param name="expires">Until when it counts.</param>
    public string Issue(string issuer, string audience, DateTimeOffset expires)
    {
        var head = Base64Url.EncodeToString(
            JsonSerializer.SerializeToUtf8Bytes(
                new
                {
                    alg = "ES256",
                    typ = "JWT",
                    kid = KeyId,
                }
            )
        );
        var claims = Base64Url.EncodeToString(
            JsonSerializer.SerializeToUtf8Bytes(
                new
                {
                    iss = issuer,
                    aud = audience,
                    sub = "verification",
                    exp = expires.ToUnixTimeSeconds(),
                }
            )
        );
        var signed = $"{head}.{claims}";
        return $"{signed}.{Base64Url.EncodeToString(key.SignData(System.Text.Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation))}";
    }

    /// <inheritdoc />
    public void Dispose() => key.Dispose();
}
