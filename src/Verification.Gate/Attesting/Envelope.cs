using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Verification.Gate.Attesting;

/// <summary>A signed payload: a DSSE envelope (https://github.com/secure-systems-lab/dsse, version 1).</summary>
/// <param name="PayloadType">Media type of the payload.</param>
/// <param name="Payload">What is signed.</param>
/// <param name="Signatures">Who has signed it.</param>
internal sealed record Envelope(string PayloadType, byte[] Payload, IReadOnlyList<EnvelopeSignature> Signatures)
{
    /// <summary>Media type of an envelope.</summary>
    public const string MediaType = "application/vnd.dsse.envelope.v1+json";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>Signs a payload.</summary>
    public static Envelope Sign(string payloadType, byte[] payload, SigningKey key) =>
        new(payloadType, payload, [new EnvelopeSignature(key.Public.Fingerprint, key.Sign(Signed(payloadType, payload)))]);

    /// <summary>Reads an envelope.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static Envelope Parse(ReadOnlySpan<byte> content) =>
        JsonSerializer.Deserialize<Envelope>(content, Json) ?? throw new JsonException("It is null.");

    /// <summary>The envelope as it is stored.</summary>
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, Json);

    /// <summary>Whether a key has signed exactly this. What the envelope says of who has signed it counts for nothing.</summary>
    public bool IsSignedBy(VerifyingKey key) => Signatures.Any(signature => key.Verifies(Signed(PayloadType, Payload), signature.Sig));

    /// <summary>The bytes that are signed: the pre-authentication encoding of the type and the payload.</summary>
    internal static byte[] Signed(string payloadType, byte[] payload) =>
        [
            .. Encoding.UTF8.GetBytes(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"DSSEv1 {Encoding.UTF8.GetByteCount(payloadType)} {payloadType} {payload.Length} "
                )
            ),
            .. payload,
        ];
}

/// <summary>One signature of an envelope.</summary>
/// <param name="Keyid">Fingerprint of the key that is said to have signed it: a hint.</param>
/// <param name="Sig">The signature.</param>
internal sealed record EnvelopeSignature(string Keyid, byte[] Sig);
