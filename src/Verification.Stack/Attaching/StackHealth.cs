using System.Net;
using Verification.Stack.Components;
using Waiting = Verification.Stack.Readiness.Patience;

namespace Verification.Stack;

/// <summary>Looks whether every part of a stack runs and answers. Changes nothing.</summary>
public static class StackHealth
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>What does not run or does not answer.</summary>
    /// <param name="stack">The stack.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>One phrase for each.</returns>
    public static async Task<IReadOnlyList<string>> FaultsAsync(AttachedStack stack, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(stack);
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
        catch (Exception e) when (Waiting.IsOfTheConnection(e))
        {
            return $"{role} does not answer: {e.Message}";
        }
    }

    private static async Task ListAsync(AttachedStack stack, CancellationToken cancellationToken)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = Patience };
        foreach (var server in stack.Instances(InstanceRole.Server))
        {
            using var answer = await client.GetAsync(new Uri(AttachedStack.Address(server), "/buffs"), cancellationToken).ConfigureAwait(false);
            if (answer.StatusCode != HttpStatusCode.OK)
                throw new HttpRequestException($"{server.Name} answered GET /buffs with {(int)answer.StatusCode}");
        }
    }
}
