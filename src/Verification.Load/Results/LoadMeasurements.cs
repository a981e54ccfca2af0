using Verification.Objectives;

namespace Verification.Load;

/// <summary>What a load run says of objectives. Of a saturated generator's figures nothing is said, good or bad.</summary>
/// <param name="result">The run.</param>
/// <param name="file">File with all of it, relative to the run's folder.</param>
public sealed class LoadMeasurements(LoadResult result, string file)
{
    private const int Told = 3;

    /// <summary>What the business expects of a load: posts, readers, and the time of both.</summary>
    private const int Expectations = 3;

    /// <summary>Of so many all are answered, but for a few.</summary>
    private const double Answered = 0.995;

    private const string OnIdleMachine = "Run it again on a machine that nobody else uses, or a larger one";

    /// <summary>What is said of the figures of a saturated generator.</summary>
    /// <param name="saturation">How it was saturated.</param>
    public static string Advise(string saturation) => $"{saturation}. {OnIdleMachine}, or with a lower --rate; until then nothing is known";

    /// <summary>From this share of its processors on, a machine has decided the figures.</summary>
    private const double FullMachine = 0.9;

    /// <summary>The run.</summary>
    public LoadResult Result => result;

    /// <summary>What it says of promises.</summary>
    public IEnumerable<Measurement> Of(IEnumerable<LoadPromise> promises) => promises.Select(promise => promise.Of(this));

    /// <summary>The share of iterations, of all operations, that were answered well.</summary>
    /// <param name="objective">Id of the objective, whose unit is a ratio.</param>
    public Measurement Success(string objective)
    {
        var attempted = result.Operations.Sum(operation => operation.Attempted);
        var failures = result.Operations.SelectMany(operation => operation.Failures.Select(failure => (operation.Name, Failure: failure)));
        return Of(
            objective,
            attempted,
            () =>
                new Measurement(
                    objective,
                    (double)result.Operations.Sum(operation => operation.Ok) / attempted,
                    attempted,
                    failures.Any()
                        ? string.Join(
                            " | ",
                            failures
                                .OrderByDescending(each => each.Failure.Value)
                                .Take(Told)
                                .Select(each => $"{each.Failure.Value} × {each.Name}: {each.Failure.Key}")
                        )
                        : null
                )
        );
    }

    /// <summary>A percentile of an operation's response time.</summary>
    /// <param name="objective">Id of the objective, whose unit is ms.</param>
    /// <param name="operation">Name of the operation.</param>
    /// <param name="percentile">Which one: of how many of 100.</param>
    public Measurement Latency(string objective, string operation, int percentile)
    {
        var seen = result[operation];
        var value = seen.Response.At(percentile);
        return Of(
            objective,
            seen.Response.Count,
            () => new Measurement(objective, value, seen.Response.Count, seen.ToString(), Percentiles.ResolutionOf(value))
        );
    }

    /// <summary>What a component counted a second, on average over the load. It stands where a saturated generator was late, if all came
    /// that was planned: the more a platform does for a request, the later the next one begins on the same machine.</summary>
    /// <param name="objective">Id of the objective, whose unit is a rate.</param>
    /// <param name="counter">Name of the count.</param>
    public Measurement Counted(string objective, string counter)
    {
        var seen = result
            .Counters.Where(second => second.Counters.ContainsKey(counter))
            .Select(second => second.Counters[counter])
            .ToList();
        return Of(
            objective,
            seen.Count,
            () => new Measurement(objective, Math.Round(seen.Average(), 3), seen.Count, $"{counter}: at most {seen.Max():0.#}"),
            result.Operations.All(operation => operation.Dropped == 0 && operation.Scheduled >= operation.Planned)
                ? null
                : result.Saturation
        );
    }

    /// <summary>What of the business's expectation was missed. Where something was, and the machine had no processor left for the
    /// platform, nothing is said.</summary>
    /// <param name="objective">Id of the objective, whose unit is expectations.</param>
    /// <param name="expected">What is expected; the load was made for it.</param>
    /// <param name="posts">Name of the operation that posts.</param>
    /// <param name="lists">Name of the operation that lists.</param>
    public Measurement Expected(string objective, Expectation expected, string posts, string lists)
    {
        ArgumentNullException.ThrowIfNull(expected);
        return Of(
            objective,
            result.Operations.Sum(operation => operation.Attempted),
            () =>
            {
                List<string> missed =
                [
                    .. MissedRate(result[posts], expected.PostsPerSecond),
                    .. MissedRate(result[lists], expected.ReadersPerSecond),
                    .. MissedTime(expected.P99, posts, lists),
                ];
                return missed.Count > 0 && FullSay() is { } full
                    ? Measurement.NotMeasured(objective, $"{string.Join("; ", missed)}; but {full}")
                    : new Measurement(
                        objective,
                        missed.Count,
                        Expectations,
                        $"expected are {expected.PostsPerSecond} {posts} and {expected.ReadersPerSecond} {lists} a second, p99 {expected.P99.TotalMilliseconds:0} ms; {(missed.Count == 0 ? "seen" : string.Join("; ", missed) + "; seen")}: {result[posts]} | {result[lists]}"
                    );
            }
        );
    }

    private static IEnumerable<string> MissedRate(OperationResult seen, int expected)
    {
        if (seen.Ok < seen.Planned * Answered)
            yield return $"of {expected} {seen.Name} a second {(double)seen.Ok / seen.Planned * expected:0.0} were answered well";
    }

    private IEnumerable<string> MissedTime(TimeSpan expected, params string[] operations)
    {
        var slow = operations
            .Select(name => result[name])
            .Where(operation => operation.Response.P99 > expected.TotalMilliseconds)
            .Select(operation => $"{operation.Name} {operation.Response.P99:0} ms")
            .ToList();
        if (slow.Count > 0)
            yield return $"p99 of {string.Join(", of ", slow)}, expected are {expected.TotalMilliseconds:0} ms";
    }

    /// <summary>That generator and platform together have used the whole machine; null where they have not.</summary>
    private string? FullSay()
    {
        var platform =
            result.Platform.Count == 0 ? 0 : result.Platform.Average(second => second.Instances.Values.Sum(instance => instance.Cores));
        var used = platform + result.GeneratorCores;
        return used >= Environment.ProcessorCount * FullMachine
            ? $"the platform used {platform:0.00} and the generator {result.GeneratorCores:0.00} of {Environment.ProcessorCount} cores: this machine can't tell. {OnIdleMachine}; until then nothing is known"
            : null;
    }

    private Measurement Of(string objective, long observed, Func<Measurement> measure) =>
        Of(objective, observed, measure, result.Saturation);

    private Measurement Of(string objective, long observed, Func<Measurement> measure, string? unsaidFor)
    {
        var measurement =
            unsaidFor is { } saturation ? Measurement.NotMeasured(objective, Advise(saturation))
            : observed == 0 ? Measurement.NotMeasured(objective, "nothing was counted: there are no samples")
            : measure();
        return measurement with { Files = [file], Diagnosis = WithEnd(measurement.Diagnosis) };
    }

    /// <summary>What was seen, behind why no more was.</summary>
    private string? WithEnd(string? seen) =>
        result.Stopped is not { } stopped ? seen
        : seen is null ? $"ended early: {stopped}"
        : $"ended early: {stopped} | {seen}";
}
