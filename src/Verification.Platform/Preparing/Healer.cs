using Verification.Objectives;
using Verification.Stack;
using Verification.Stack.Control;
using Verification.Stack.Readiness;

namespace Verification.Platform;

/// <summary>Brings back what is stopped or frozen, whoever did it, and waits until the platform serves.</summary>
/// <param name="stack">What it is made of.</param>
/// <param name="ask">What both services answer now.</param>
/// <param name="asked">Names of the instances that are asked, as the history has them.</param>
/// <param name="history">History of the scenario.</param>
internal sealed class Healer(
    AttachedStack stack,
    Func<CancellationToken, Task<ServiceAnswers>> ask,
    IReadOnlyList<string> asked,
    ScenarioHistory history
)
{
    private const int MostStarts = 5;
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    /// <summary>Waits until both services answer, and starts again what is not running meanwhile: a service may end because another
    /// component is away.</summary>
    /// <param name="beforeService">Done before a service is started: one that would only end again, of what is away still or lies before
    /// it, is not started yet where this fails.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="StateNotSeenException">They did not within 30 s, one of them has ended again after each of five starts, or
    /// refuses for good although all that it stands on was there.</exception>
    public Task BringBackAsync(Func<CancellationToken, Task> beforeService, CancellationToken cancellationToken)
    {
        var starts = new Dictionary<StackInstance, int>();
        return Eventually.SeeAsync(
            "both services answer",
            new Patience(Deadline) { InVain = _ => Task.FromResult(EndsAgain(starts) ?? Refuses(starts)) },
            async ct =>
            {
                // Of two of a kind the platform serves without one, and the next scenario would begin with what this one has left.
                await StartAsync(starts, beforeService, ct).ConfigureAwait(false);
                return await ask(ct).ConfigureAwait(false);
            },
            answers => answers.AreGood,
            cancellationToken
        );
    }

    /// <summary>Whether anything is stopped or frozen.</summary>
    public async Task<bool> IsAnyAwayAsync(CancellationToken cancellationToken) =>
        (await AwayAsync(cancellationToken).ConfigureAwait(false)).Count > 0;

    /// <summary>Ends both services at once.</summary>
    public async Task EndServicesAsync(CancellationToken cancellationToken)
    {
        var away = (await AwayAsync(cancellationToken).ConfigureAwait(false)).Select(each => each.Instance).ToHashSet();
        foreach (var service in stack.Description.Instances.Where(instance => IsService(instance) && !away.Contains(instance)))
        {
            history.Event("kill", service.Name, "to be started anew");
            await stack.Control.KillAsync(service, cancellationToken).ConfigureAwait(false);
        }
    }

    private static bool IsService(StackInstance instance) =>
        instance.Role == InstanceRole.Dashboard || instance.Role == InstanceRole.Server;

    private static string? EndsAgain(Dictionary<StackInstance, int> starts) =>
        starts.FirstOrDefault(each => IsService(each.Key) && each.Value > MostStarts) is { Key: { } service }
            ? $"{service.Name} has been started {MostStarts} times and has ended each time"
            : null;

    /// <summary>That a service refuses for good. One whose broker, database or cache had to be started may yet not.</summary>
    private string? Refuses(Dictionary<StackInstance, int> starts) =>
        starts.Keys.All(IsService)
            ? asked.Select(name => SteadyRefusal.See(history.Lines, name, history.Now)).FirstOrDefault(told => told is not null)
            : null;

    /// <summary>Starts whatever is stopped and lets go on what is frozen: first what the services stand on.</summary>
    private async Task StartAsync(
        Dictionary<StackInstance, int> starts,
        Func<CancellationToken, Task> beforeService,
        CancellationToken cancellationToken
    )
    {
        var away = await AwayAsync(cancellationToken).ConfigureAwait(false);
        foreach (var (instance, state) in away.Where(each => !IsService(each.Instance)))
        {
            Count(instance);
            await StartAsync(instance, state, cancellationToken).ConfigureAwait(false);
        }

        var services = away.Where(each => IsService(each.Instance)).ToList();
        if (services.Count == 0)
            return;
        await beforeService(cancellationToken).ConfigureAwait(false);
        foreach (var (service, state) in services)
        {
            if (Count(service) <= MostStarts)
                await StartAsync(service, state, cancellationToken).ConfigureAwait(false);
        }

        int Count(StackInstance instance) => starts[instance] = starts.GetValueOrDefault(instance) + 1;
    }

    private async Task StartAsync(StackInstance instance, InstanceState state, CancellationToken cancellationToken)
    {
        history.Event(state.Paused ? "unpause" : "start", instance.Name, $"exit code {state.ExitCode}");
        if (state.Paused)
            await stack.Control.UnpauseAsync(instance, cancellationToken).ConfigureAwait(false);
        else
            await stack.Control.StartAsync(instance, cancellationToken).ConfigureAwait(false);
    }

    private async Task<IReadOnlyList<(StackInstance Instance, InstanceState State)>> AwayAsync(CancellationToken cancellationToken)
    {
        var away = new List<(StackInstance, InstanceState)>();
        foreach (var instance in stack.Description.Instances)
        {
            var state = await stack.Control.StateAsync(instance, cancellationToken).ConfigureAwait(false);
            if (state is not { Running: true, Paused: false })
                away.Add((instance, state));
        }

        return away;
    }
}
