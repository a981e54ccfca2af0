namespace Verification.Stack.Components.Toxiproxy;

/// <summary>What is done to what goes through a link, one way (https://github.com/Shopify/toxiproxy#toxics).</summary>
/// <param name="Type">Kind of toxic: <c>latency</c>, <c>reset_peer</c>, <c>timeout</c>.</param>
/// <param name="Stream"><c>upstream</c>: what the services send; <c>downstream</c>: what they are answered.</param>
/// <param name="Attributes">What it takes, times in ms.</param>
public sealed record Toxic(string Type, string Stream, IReadOnlyDictionary<string, int> Attributes)
{
    /// <summary>What the services send.</summary>
    public const string Upstream = "upstream";

    /// <summary>What the services are answered.</summary>
    public const string Downstream = "downstream";

    /// <summary>By what it is found on its proxy.</summary>
    public string Name => $"{Type}_{Stream}";
}
