using Verification.Platform.Generating;
using Verification.Stack.Readiness;

namespace Verification.Tests.Integration.Contract;

/// <summary>Does the steps of a generated sequence one after the other, and holds each listing against what it must be, and against those
/// before.</summary>
/// <param name="platform">The platform.</param>
internal sealed class SequenceRun(PlatformUnderTest platform)
{
    private const int MostShrinks = 20;

    /// <summary>What deviates.</summary>
    /// <param name="steps">The sequence.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The steps, as few of them as still deviate, and how; none where nothing does.</returns>
    public async Task<IReadOnlyList<string>> DeviationsAsync(IReadOnlyList<SequenceStep> steps, CancellationToken cancellationToken)
    {
        var deviations = await DoAsync(steps, cancellationToken);
        for (var tries = 0; deviations.Count > 0 && tries < MostShrinks; )
        {
            var before = steps;
            // Where it takes an expiry it is not tried again: each try would take 10 s.
            foreach (var simpler in SimplerSequences.Of(steps).Where(IsQuick).Take(MostShrinks - tries))
            {
                tries++;
                await platform.ResetAsync(cancellationToken);
                var still = await DoAsync(simpler, cancellationToken);
                if (still.Count == 0)
                    continue;
                (steps, deviations) = (simpler, still);
                break;
            }

            if (ReferenceEquals(steps, before))
                break;
        }

        return deviations.Count == 0 ? [] : [$"{string.Join(", ", steps)}: {string.Join("; ", deviations)}"];
    }

    private static bool IsQuick(IReadOnlyList<SequenceStep> steps) => steps.All(step => step.Kind != StepKind.Expire);

    /// <summary>All of them, until one deviates.</summary>
    private async Task<IReadOnlyList<string>> DoAsync(IReadOnlyList<SequenceStep> steps, CancellationToken cancellationToken)
    {
        var remembered = new RememberedList();
        foreach (var step in steps)
        {
            if (await DoAsync(step, remembered, cancellationToken) is { Count: > 0 } deviations)
                return deviations;
        }

        return [];
    }

    private async Task<IReadOnlyList<string>> DoAsync(SequenceStep step, RememberedList remembered, CancellationToken cancellationToken)
    {
        switch (step.Kind)
        {
            case StepKind.Post:
                foreach (var buff in step.Buffs)
                    remembered.Post(await PostedCase.PostAsync(platform, buff, cancellationToken));
                return [];
            case StepKind.Await:
                await platform.FenceAsync(cancellationToken);
                remembered.Store();
                return [];
            case StepKind.Delete:
                if (
                    remembered.First is { } first
                    && await platform.Table.MarkDeletedAsync(first.Buff.Question, deleted: true, cancellationToken) > 0
                )
                    remembered.Delete(first);
                return [];
            case StepKind.ListAfresh:
                return Deviations(await platform.ListAfreshAsync(cancellationToken), remembered, isFresh: true);
            case StepKind.Expire:
                return await ExpireAsync(remembered, cancellationToken);
            default:
                return Deviations(await platform.ListAsync(cancellationToken), remembered, isFresh: false);
        }
    }

    private async Task<IReadOnlyList<string>> ExpireAsync(RememberedList remembered, CancellationToken cancellationToken)
    {
        var cached = Deviations(await platform.ListAsync(cancellationToken), remembered, isFresh: false);
        if (cached.Count > 0)
            return cached;
        await Eventually.SeeAsync(
            "the cached list has expired",
            Verification.Platform.Contract.CacheExpiry * 2,
            _ => platform.Cache.TimeToLiveAsync(),
            left => left is null,
            cancellationToken
        );
        return Deviations(await platform.ListAsync(cancellationToken), remembered, isFresh: true);
    }

    private static IReadOnlyList<string> Deviations(ListAnswer answer, RememberedList remembered, bool isFresh) =>
        ListContract.Deviations(answer) is { Count: > 0 } deviations
            ? deviations
            : remembered.Deviations(answer.Buffs, DateTimeOffset.UtcNow, isFresh);
}
