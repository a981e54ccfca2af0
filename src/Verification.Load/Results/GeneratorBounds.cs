namespace Verification.Load;

/// <summary>What a generator must keep for its figures to be the platform's.</summary>
internal static class GeneratorBounds
{
    /// <summary>A pacer that sleeps is late by 1 to 3 ms (p99) where it gets the processor when it wants it.</summary>
    private const double LagP99Milliseconds = 10;

    private const double DroppedRatio = 0.001;
    private const double CoresRatio = 0.5;

    /// <summary>Every bound that a run has broken, in a sentence; null where it has kept all.</summary>
    public static string? Broken(LoadResult result)
    {
        var broken = Found(result).ToList();
        return broken.Count == 0 ? null : $"the generator was saturated: {string.Join("; ", broken)}";
    }

    private static IEnumerable<string> Found(LoadResult result)
    {
        foreach (var operation in result.Operations)
        {
            if (operation.Lag.P99 > LagP99Milliseconds)
                yield return $"{operation.Name} began late by {operation.Lag.P99:0.0} ms (p99), allowed are {LagP99Milliseconds:0} ms";
            if (operation.Dropped > operation.Scheduled * DroppedRatio)
                yield return $"{operation.Name} dropped {operation.Dropped} of {operation.Scheduled}, allowed are {DroppedRatio:0.0 %}";
            if (operation.Scheduled < operation.Planned && result.Stopped is null)
                yield return $"{operation.Name} scheduled {operation.Scheduled} of {operation.Planned}";
        }

        if (result.GeneratorCores > Environment.ProcessorCount * CoresRatio)
            yield return $"it used {result.GeneratorCores:0.00} of {Environment.ProcessorCount} cores, allowed is half of them";
    }
}
