using System.Text.Json.Serialization;

namespace Verification.Stack;

/// <summary>The way by which clients of a platform come in from outside.</summary>
/// <param name="Url">What they call: <c>https://sportbuff.example</c>, without a path.</param>
public sealed record GatewayDescription(string Url)
{
    /// <summary>Name of the credential with a token (JWT) of somebody who may post.</summary>
    public const string TokenCredential = "gateway-token";

    /// <summary>What leads there in place of what the name means, as <c>HOST:PORT</c>; null for what the name means.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Address { get; init; }

    /// <summary>Absolute path of the authorities of its certificate, PEM; null for those that this machine trusts.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Authority { get; init; }
}
