namespace Verification.Benchmarks.Stomp;

/// <summary>What both sides of the comparison send: persistent messages, each with a receipt.</summary>
/// <param name="Messages">How many messages.</param>
internal sealed record SendLoad(int Messages)
{
    /// <summary>Most messages that may be unconfirmed at a time, on either side.</summary>
    public const int Window = 1000;

    /// <summary>Bytes of a body.</summary>
    public const int BodySize = 200;

    /// <summary>Destination.</summary>
    public const string Queue = "buffs";

    /// <summary>Headers of each message besides destination, receipt and content-length.</summary>
    public static readonly KeyValuePair<string, string>[] Headers = [new("persistent", "true")];

    /// <summary>Body of each message.</summary>
    public static readonly ReadOnlyMemory<byte> Body = Enumerable.Repeat((byte)'x', BodySize).ToArray();
}
