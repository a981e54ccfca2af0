using Verification.Objectives;
using Verification.Stack;

namespace Verification.Gate.Stages;

/// <summary>The kinds of broker that the stages of a suite run on.</summary>
internal static class BrokersOfSuite
{
    /// <summary>In the order in which they run.</summary>
    /// <param name="wanted">What the profile says of the suite.</param>
    /// <param name="asked">The kind that the user asked for; null where none was.</param>
    /// <param name="usual">The default kind of this machine.</param>
    /// <param name="had">The kinds that can be had here.</param>
    public static IReadOnlyList<BrokerKind> Of(
        SuiteBrokers wanted,
        BrokerKind? asked,
        BrokerKind usual,
        IReadOnlyCollection<BrokerKind> had
    ) =>
        (wanted, asked) switch
        {
            (SuiteBrokers.None, _) => [],
            (_, { } kind) => [kind],
            (SuiteBrokers.Artemis, _) => [BrokerKind.Artemis],
            (SuiteBrokers.Every, _) => [usual, .. Enum.GetValues<BrokerKind>().Where(kind => kind != usual && had.Contains(kind))],
            _ => [usual],
        };
}
