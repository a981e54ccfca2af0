using Verification.Stack.Images;
using Verification.Stack.Starting;

namespace Verification.Stack.Sessions;

/// <summary>Which kind of broker a run is made with.</summary>
public static class BrokerChoice
{
    /// <summary>What production deploys, wherever it can be had; Classic elsewhere, said in a line.</summary>
    public static async Task<BrokerKind> DefaultAsync(
        ImageStore store,
        IProgress<ImageProgress> progress,
        Action<string> tell,
        CancellationToken cancellationToken
    )
    {
        if (await store.CanHaveAsync(StackStarter.NameOf(BrokerKind.Artemis), progress, cancellationToken).ConfigureAwait(false))
            return BrokerKind.Artemis;
        tell(
            $"broker: Classic, as no image of Artemis can be had (no registry answers, and {VerifyVariables.ArtemisDistribution} names no distribution)"
        );
        return BrokerKind.Classic;
    }

    /// <summary>The kind that a user has named.</summary>
    /// <param name="name">What was given.</param>
    /// <param name="where">Option or variable, as it stands before the value in a message.</param>
    /// <exception cref="ArgumentException">It is no kind.</exception>
    public static BrokerKind Parse(string name, string where) =>
        Enum.GetValues<BrokerKind>().Where(kind => StackStarter.NameOf(kind) == name).Select(kind => (BrokerKind?)kind).SingleOrDefault()
        ?? throw new ArgumentException(
            $"{where}{name}: expected {string.Join(" or ", Enum.GetValues<BrokerKind>().Select(StackStarter.NameOf))}."
        );
}
