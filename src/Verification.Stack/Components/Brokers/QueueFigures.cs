namespace Verification.Stack.Components.Brokers;

/// <summary>What a broker tells of a queue.</summary>
/// <param name="Messages">Messages in it: waiting, or delivered and not yet acknowledged.</param>
/// <param name="Consumers">Its consumers.</param>
/// <param name="Delivering">Those of the messages that are in a consumer's hand; null where the broker does not tell.</param>
public sealed record QueueFigures(long Messages, long Consumers, long? Delivering)
{
    /// <summary>The messages in a few words.</summary>
    public override string ToString() => $"{Messages} messages{(Delivering is { } inHand ? $", {inHand} of them in hand" : string.Empty)}";
}
