namespace Verification.Load;

/// <summary>Load models one after the other: each begins when the one before is over, and a ramp where that one ended.</summary>
/// <param name="parts">The models.</param>
public sealed class LoadSequence(params IReadOnlyList<ILoadSimulation> parts) : ILoadSimulation
{
    /// <summary>The models, each behind the one before.</summary>
    public IReadOnlyList<ILoadSimulation> Parts { get; } =
    [.. parts.Select((part, number) => number == 0 ? part : part.After(parts[number - 1]))];

    /// <inheritdoc />
    public TimeSpan Length => Parts.Aggregate(TimeSpan.Zero, (sum, part) => sum + part.Length);

    /// <inheritdoc />
    public double PeakRate => Parts.Select(part => part.PeakRate).DefaultIfEmpty().Max();

    /// <inheritdoc />
    public int MostCopies => Parts.Select(part => part.MostCopies).DefaultIfEmpty().Max();

    /// <inheritdoc />
    public long? Planned => Parts.Aggregate((long?)0, (sum, part) => sum + part.Planned);

    /// <inheritdoc />
    public IReadOnlyList<string> Problems => [.. Found()];

    /// <summary>The first model that begins anything, for that time.</summary>
    public ILoadSimulation Lasting(TimeSpan during) => Parts.First(part => part is not Pause).Lasting(during);

    /// <inheritdoc />
    public ILoadSimulation Scaled(double time, double rate) => new LoadSequence([.. Parts.Select(part => part.Scaled(time, rate))]);

    /// <inheritdoc />
    public long Run(IterationFlow flow, long start, CancellationToken cancellationToken)
    {
        foreach (var part in Parts.TakeWhile(_ => !cancellationToken.IsCancellationRequested))
            start = part.Run(flow, start, cancellationToken);
        return start;
    }

    private IEnumerable<string> Found()
    {
        if (Parts.All(part => part is Pause))
            yield return Parts.Count == 0 ? "it has no load model" : "it has only pauses";
        for (var number = 0; number < Parts.Count; number++)
        {
            foreach (var problem in Parts[number].Problems)
                yield return Parts.Count == 1 ? problem : $"load model {number + 1}: {problem}";
        }
    }
}
