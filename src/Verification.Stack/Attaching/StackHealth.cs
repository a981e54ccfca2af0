using System.Net;
using Verification.Stack.Components;
using Verification.Stack.Readiness;

namespace Verification.Stack;

/// <summary>Looks whether every part of a stack runs and answers. Changes nothing.</summary>
public static class StackHealth
{
    private static readonly TimeSpan RequestDeadline = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan StartDeadline = TimeSpan.FromSeconds(20);

    /// <summary>Waits until everything runs and answers: what has just been healed is still coming up.</summary>
    /// <param name="stack">The stack.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What does not, after 20 s: one phrase for each.</returns>
    public static async Task<IReadOnlyList<string>> AwaitAsync(AttachedStack stack, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(stack);
        IReadOnlyList<string> faults = [];
        try
        {
            await Eventually
                .IsTrueAsync(
                    "all of the stack runs and answers",
                    StartDeadline,
                    async ct => (faults = await FaultsAsync(stack, ct).ConfigureAwait(false)).Count == 0,
                    cancellationToken
                )
                .ConfigureAwait(false);
        }
        catch (StateNotSeenException)
        {
            // The caller is told what is missing.
        }

        return faults;
    }

    private static async Task<IReadOnlyList<string>> FaultsAsync(AttachedStack stack, CancellationToken cancellationToken)
    {
        var faults = new List<string>();
        foreach (var instance in stack.Description.Instances)
        {
            var state = await stack.Control.StateAsync(instance, cancellationToken).ConfigureAwait(false);
            if (state is not { Running: true, Paused: false })
                faults.Add($"{instance.Name} {(state.Paused ? "is frozen" : $"does not run (exit code {state.ExitCode})")}");
        }

        foreach (var role in stack.Description.Instances.Select(instance => instance.Role).Distinct())
        {
            if (await SilenceAsync(stack, role, cancellationToken).ConfigureAwait(false) is { } silence)
                faults.Add(silence);
        }

        return faults;
    }

    private static async Task<string?> SilenceAsync(AttachedStack stack, Role role, CancellationToken cancellationToken)
    {
        try
        {
            if (stack.ComponentOf(role) is ConfiguredComponent component)
                await component.VersionAsync(stack, cancellationToken).ConfigureAwait(false);
            else if (role == InstanceRole.Server)
                await ListAsync(stack, cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (Exception e) when (Patience.IsOfTheConnection(e))
        {
            return $"{role} does not answer: {e.Message}";
        }
    }

    private static async Task ListAsync(AttachedStack stack, CancellationToken cancellationToken)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = RequestDeadline };
        foreach (var server in stack.Instances(InstanceRole.Server))
        {
            using var answer = await client
                .GetAsync(new Uri(AttachedStack.Address(server), "/buffs"), cancellationToken)
                .ConfigureAwait(false);
            if (answer.StatusCode != HttpStatusCode.OK)
                throw new HttpRequestException($"{server.Name} answered GET /buffs with {(int)answer.StatusCode}");
        }
    }
}
