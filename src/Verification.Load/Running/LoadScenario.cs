namespace Verification.Load;

/// <summary>What is asked of a platform under load: operations, each with a load model of its own, all at the same time.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Operations">The operations.</param>
public sealed record LoadScenario(string Name, IReadOnlyList<LoadOperation> Operations)
{
    /// <summary>How long the same load runs before anything is measured; zero for not at all.</summary>
    public TimeSpan WarmUp { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long one iteration may take; what takes longer is ended by its own work as timed out.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How many iterations of one operation may be under way at once; what is due beyond them is dropped.</summary>
    public int MostInFlight { get; init; } = 1000;

    /// <summary>Once one of these promises can no longer hold, no further iteration begins; none for a load that always runs to its
    /// end.</summary>
    public IReadOnlyList<LoadLimit> AbortsBeyond { get; init; } = [];

    /// <summary>All that is wrong with it; none where it can run.</summary>
    public IReadOnlyList<string> Problems => [.. Found()];

    private IEnumerable<string> Found()
    {
        if (Operations.Count == 0)
            yield return "it has no operation";
        foreach (var twice in Operations.GroupBy(operation => operation.Name, StringComparer.Ordinal).Where(group => group.Count() > 1))
            yield return $"{twice.Count()} operations are named '{twice.Key}'";
        if (WarmUp < TimeSpan.Zero)
            yield return $"it warms up for {WarmUp.TotalSeconds:0.###} s; that can't be negative";
        if (Deadline <= TimeSpan.Zero)
            yield return $"its deadline is {Deadline.TotalSeconds:0.###} s; it must be positive";
        foreach (var operation in Operations)
        {
            var problems = operation.Simulation.Problems;
            foreach (var problem in problems)
                yield return $"{operation.Name}: {problem}";
            // Where a platform answers nothing until the deadline, each iteration must still find room: a drop is then the generator's
            // fault, never the platform's.
            if (problems.Count == 0 && MostInFlight < RoomOf(operation.Simulation))
                yield return $"{operation.Name}: {MostInFlight} in flight are too few; {operation.Simulation.PeakRate:0.###}/s with a deadline of {Deadline.TotalSeconds:0.###} s{(operation.Simulation.MostCopies > 0 ? $" and {operation.Simulation.MostCopies} copies" : "")} need {RoomOf(operation.Simulation)}";
        }
    }

    /// <summary>How many iterations of a load model are under way at most where nothing is answered before its deadline.</summary>
    public long RoomOf(ILoadSimulation simulation)
    {
        ArgumentNullException.ThrowIfNull(simulation);
        return (long)Math.Ceiling(simulation.PeakRate * Deadline.TotalSeconds) + simulation.MostCopies;
    }
}

/// <summary>One kind of request, and how often it is made.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Simulation">When its iterations begin.</param>
/// <param name="Work">What an iteration does. An exception out of it is a fault of the suite, and ends the run.</param>
public sealed record LoadOperation(string Name, ILoadSimulation Simulation, Func<Iteration, CancellationToken, Task<IterationAnswer>> Work)
{
    /// <summary>How long it warms up; null for as long as its scenario says.</summary>
    public TimeSpan? WarmUp { get; init; }

    /// <summary>Once it is cancelled no further iteration begins; what is under way ends by itself.</summary>
    public CancellationToken Stop { get; init; }
}

/// <summary>One iteration.</summary>
/// <param name="Number">Its number among those of its operation, from 0; the warm-up has numbers of its own.</param>
/// <param name="IsWarmUp">Whether it is of the warm-up.</param>
/// <param name="Lag">How long after it was due it began.</param>
public readonly record struct Iteration(long Number, bool IsWarmUp, TimeSpan Lag);

/// <summary>How an iteration ended.</summary>
/// <param name="Outcome">Whether it was answered, and well.</param>
/// <param name="Detail">What came instead of a good answer.</param>
public sealed record IterationAnswer(IterationOutcome Outcome, string? Detail = null)
{
    /// <summary>A good answer.</summary>
    public static IterationAnswer Ok { get; } = new(IterationOutcome.Ok);
}

/// <summary>How an iteration ended.</summary>
public enum IterationOutcome
{
    /// <summary>With a good answer.</summary>
    Ok,

    /// <summary>With a wrong answer, a refusal, a reset.</summary>
    Failed,

    /// <summary>With none within its deadline.</summary>
    TimedOut,
}

/// <summary>A scenario can't run as it is.</summary>
/// <param name="scenario">Its name.</param>
/// <param name="problems">All that is wrong with it.</param>
public sealed class LoadScenarioException(string scenario, IReadOnlyList<string> problems)
    : ArgumentException($"The load scenario '{scenario}' can't run: {string.Join("; ", problems)}.")
{
    /// <summary>All that is wrong with it.</summary>
    public IReadOnlyList<string> Problems { get; } = problems;
}
