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
            _ when KindOf(wanted) is { } kind => [kind],
            (SuiteBrokers.Every, _) => [usual, .. Enum.GetValues<BrokerKind>().Where(kind => kind != usual && had.Contains(kind))],
            _ => [usual],
        };

    /// <summary>The one kind that a profile names; null where it names none, or more.</summary>
    public static BrokerKind? KindOf(SuiteBrokers wanted) =>
        wanted switch
        {
            SuiteBrokers.Artemis => BrokerKind.Artemis,
            SuiteBrokers.Classic => BrokerKind.Classic,
            _ => null,
        };

    /// <summary>Whether an entry is left out: what stands beside a suite for the sake of one kind has nothing to say of another.</summary>
    /// <param name="suite">What the profile says of the suite.</param>
    /// <param name="asked">The kind that all of them are to run on; null where each runs on its own.</param>
    public static bool IsLeftOut(ProfileSuite suite, BrokerKind? asked) =>
        suite.IsBeside && asked is { } kind && KindOf(suite.Brokers) is { } own && own != kind;
}
