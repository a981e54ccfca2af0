using System.Diagnostics;

namespace Verification.Stack.Starting;

/// <summary>Steps with their needs: each starts as soon as all it needs has ended, all others side by side.</summary>
public sealed class StartGraph
{
    private readonly List<Step> steps = [];

    /// <summary>Adds a step.</summary>
    /// <param name="name">Its name, for progress and needs.</param>
    /// <param name="needs">Names of the steps it needs; they must have been added before, so that there is no circle.</param>
    /// <param name="start">What it does; it has ended when its state is there.</param>
    /// <exception cref="ArgumentException">A need is unknown, or the name is taken.</exception>
    public void Add(string name, IReadOnlyList<string> needs, Func<CancellationToken, Task> start)
    {
        if (steps.Exists(step => step.Name == name))
            throw new ArgumentException($"There is a step '{name}' already.", nameof(name));
        var unknown = needs.FirstOrDefault(need => !steps.Exists(step => step.Name == need));
        if (unknown is not null)
            throw new ArgumentException($"Step '{name}' needs '{unknown}', which has not been added.", nameof(needs));
        steps.Add(new Step(name, needs, start));
    }

    /// <summary>Runs every step. When one fails, those under way are cancelled and the failure is thrown.</summary>
    public async Task RunAsync(IProgress<StepEnded>? progress, CancellationToken cancellationToken)
    {
        using var failure = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var started = Stopwatch.StartNew();
        var tasks = new Dictionary<string, Task>();
        Exception? first = null;

        async Task RunStepAsync(Step step)
        {
            try
            {
                await Task.WhenAll(step.Needs.Select(need => tasks[need])).ConfigureAwait(false);
                var own = Stopwatch.StartNew();
                await step.Start(failure.Token).ConfigureAwait(false);
                progress?.Report(new StepEnded(step.Name, own.Elapsed, started.Elapsed));
            }
            catch (Exception e)
            {
                Interlocked.CompareExchange(ref first, e, null);
                await failure.CancelAsync().ConfigureAwait(false);
                throw;
            }
        }

        foreach (var step in steps)
            tasks[step.Name] = Task.Run(() => RunStepAsync(step), CancellationToken.None);

        try
        {
            await Task.WhenAll(tasks.Values).ConfigureAwait(false);
        }
        catch (Exception) when (first is not null)
        {
            // The first failure is the cause; the others are its echo.
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(first);
        }
    }

    private sealed record Step(string Name, IReadOnlyList<string> Needs, Func<CancellationToken, Task> Start);
}

/// <summary>A step has ended well.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Took">From the start of its own work.</param>
/// <param name="At">Since the start of all.</param>
public sealed record StepEnded(string Name, TimeSpan Took, TimeSpan At);
