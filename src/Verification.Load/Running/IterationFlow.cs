namespace Verification.Load;

/// <summary>What a load model acts on: an open one begins iterations, a closed one says how many copies run, each beginning its next
/// iteration when its last has ended.</summary>
/// <param name="pacer">The clock.</param>
/// <param name="begin">Begins an iteration that was due at a moment of the pacer's clock: it neither does its work nor waits for it. The
/// task ends with it, and does not fail.</param>
public sealed class IterationFlow(Pacer pacer, Func<long, Task> begin)
{
    private readonly Lock changing = new();
    private readonly List<bool> running = [];
    private int wanted;
    private long left = long.MaxValue;

    /// <summary>The clock.</summary>
    public Pacer Pacer => pacer;

    /// <summary>Whether all iterations that copies share have ended.</summary>
    public bool AreShared
    {
        get
        {
            lock (changing)
                return left == 0 && !running.Contains(true);
        }
    }

    /// <summary>Begins an iteration.</summary>
    /// <param name="due">When it was due, on the pacer's clock.</param>
    public void Begin(long due) => _ = begin(due);

    /// <summary>So many copies run from now on. Those that are too many end after their iteration.</summary>
    public void Keep(int copies) => Share(copies, long.MaxValue);

    /// <summary>So many copies run from now on, until they have begun so many iterations together.</summary>
    public void Share(int copies, long iterations)
    {
        List<int> missing;
        lock (changing)
        {
            (wanted, left) = (copies, iterations);
            while (running.Count < copies)
                running.Add(false);
            missing = [.. Enumerable.Range(0, copies).Where(copy => !running[copy])];
            foreach (var copy in missing)
                running[copy] = true;
        }

        foreach (var copy in missing)
            _ = RunAsync(copy);
    }

    private async Task RunAsync(int copy)
    {
        while (GoesOn(copy))
        {
            var iteration = begin(pacer.Now);
            // Who never waits would keep the pacer's thread to itself.
            if (iteration.IsCompleted)
                await Task.Yield();
            await iteration.ConfigureAwait(false);
        }
    }

    private bool GoesOn(int copy)
    {
        lock (changing)
        {
            running[copy] = copy < wanted && left > 0;
            if (running[copy] && left != long.MaxValue)
                left--;
            return running[copy];
        }
    }
}
