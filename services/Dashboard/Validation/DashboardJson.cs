using System.Text.Json.Serialization;

namespace SportBuff.Dashboard.Validation;

/// <summary>JSON of the Dashboard, generated while compiling: nothing is looked up at the first request.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ProblemBody))]
[JsonSerializable(typeof(ReadinessProblem))]
internal sealed partial class DashboardJson : JsonSerializerContext;

/// <summary>A problem (RFC 9457).</summary>
internal sealed record ProblemBody(string Type, int Status, string Detail);

/// <summary>What a service waits for.</summary>
internal sealed record ReadinessProblem(IReadOnlyList<string> Missing);
