using System.Globalization;

namespace Verification.Load;

/// <summary>Counts what breaks the promises of a load. Once more have than all that is planned allows, one can no longer hold, whatever
/// becomes of the rest.</summary>
internal sealed class PromiseWatch : IDisposable
{
    private readonly Lock counting = new();
    private readonly List<Count> counts;
    private readonly CancellationTokenSource broken = new();
    private bool isOver;

    /// <summary>A watch over a load.</summary>
    /// <param name="limits">Its promises; one of which nobody knows how many may break it is left out.</param>
    /// <param name="operations">Its operations.</param>
    public PromiseWatch(IReadOnlyList<LoadLimit> limits, IReadOnlyList<LoadOperation> operations) =>
        counts = [
            .. limits
                .Select(limit => (Limit: limit, Allowed: limit.Promise.Allowed(operations, limit.Limit)))
                .Where(each => each.Allowed is not null)
                .Select(each => new Count(each.Limit, each.Allowed!.Value)),
        ];

    /// <summary>Ends once a promise can no longer hold.</summary>
    public CancellationToken Broken => broken.Token;

    /// <summary>Which promise, and why; null while all can hold.</summary>
    public string? Why { get; private set; }

    /// <summary>An iteration has ended.</summary>
    /// <param name="operation">Name of its operation.</param>
    /// <param name="outcome">How.</param>
    /// <param name="response">From when it was due to its end.</param>
    public void Ended(string operation, IterationOutcome outcome, TimeSpan response)
    {
        lock (counting)
        {
            foreach (var count in counts.Where(each => each.Limit.Promise.IsBrokenBy(operation, outcome, response, each.Limit.Limit)))
            {
                if (++count.Seen > count.Allowed)
                    Why ??= count.Told;
            }

            // The last of a load may end while nobody waits for it any more.
            if (Why is not null && !isOver)
                broken.Cancel();
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        lock (counting)
            isOver = true;
        broken.Dispose();
    }

    private sealed class Count(LoadLimit limit, long allowed)
    {
        public LoadLimit Limit => limit;

        public long Allowed => allowed;

        public long Seen { get; set; }

        public string Told =>
            string.Create(
                CultureInfo.InvariantCulture,
                $"{limit.Promise.Objective} can no longer hold: {Seen} {limit.Promise.Told(limit.Limit)}, and of all that is planned {allowed} may"
            );
    }
}
