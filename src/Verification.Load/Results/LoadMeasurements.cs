using Verification.Objectives;

namespace Verification.Load;

/// <summary>What a load run says of objectives. Of a saturated generator's figures nothing is said, good or bad.</summary>
/// <param name="result">The run.</param>
/// <param name="file">File with all of it, relative to the run's folder.</param>
public sealed class LoadMeasurements(LoadResult result, string file)
{
    private const int Told = 3;

    /// <summary>The run.</summary>
    public LoadResult Result => result;

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
    /// <param name="percentile">Which one.</param>
    public Measurement Latency(string objective, string operation, Func<Percentiles, double> percentile)
    {
        ArgumentNullException.ThrowIfNull(percentile);
        var seen = result[operation];
        var value = percentile(seen.Response);
        return Of(
            objective,
            seen.Response.Count,
            () => new Measurement(objective, value, seen.Response.Count, seen.ToString(), Percentiles.ResolutionOf(value))
        );
    }

    private Measurement Of(string objective, long observed, Func<Measurement> measure)
    {
        var measurement =
            result.Saturation is { } saturation ? Measurement.NotMeasured(objective, saturation)
            : observed == 0 ? Measurement.NotMeasured(objective, "no iteration ended: there are no samples")
            : measure();
        return measurement with { Files = [file] };
    }
}
