namespace Verification.Stack.Components.Brokers;

/// <summary>What a broker tells of a queue.</summary>
/// <param name="Messages">Messages in it: waiting, or delivered and not yet acknowledged.</param>
/// <param name="Consumers">Its consumers.</param>
public sealed record QueueFigures(long Messages, long Consumers);
