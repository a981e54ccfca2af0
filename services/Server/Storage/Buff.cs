using System.Text.Json.Serialization;

namespace SportBuff.Server.Storage;

/// <summary>A question with its answers, as the queue carries it.</summary>
internal sealed record Buff([property: JsonRequired] string Question, [property: JsonRequired] IReadOnlyList<string> Answers);

/// <summary>A buff with the key under which it is stored once, however often it is delivered.</summary>
internal readonly record struct QueuedBuff(Buff Buff, string Key);

/// <summary>JSON of the Server, generated while compiling.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(Buff))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
[JsonSerializable(typeof(Listing.ServerProblem))]
internal sealed partial class ServerJson : JsonSerializerContext;
