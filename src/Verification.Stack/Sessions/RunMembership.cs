using Verification.Objectives;
using Verification.Stack.Runs;

namespace Verification.Stack.Sessions;

/// <summary>The part of a process in a run: it has joined one or started its own, ends with its starter, and measures when nobody else
/// does.</summary>
public sealed class RunMembership : IAsyncDisposable
{
    private readonly Run run;
    private HeldFile? machine;

    private RunMembership(Run run) => this.run = run;

    /// <summary>Folder of the run.</summary>
    public RunFolder Folder => run.Folder;

    /// <summary>Whether this process started the run and must end it.</summary>
    public bool IsOwner => run.IsOwner;

    /// <summary>Joins the run that the environment names, or starts one. Who has joined ends when the starter does.</summary>
    /// <param name="root">The project.</param>
    /// <exception cref="IOException">The folder of the run cannot be written.</exception>
    public static RunMembership JoinOrStart(ProjectRoot root)
    {
        var run = Run.JoinOrStart(root);
        if (!run.IsOwner)
            EndWithStarter();
        return new RunMembership(run);
    }

    /// <summary>From here on it measures, and waits until nobody else does. Who joined a run measures under the lock of its
    /// starter.</summary>
    /// <param name="tell">Hears that it has to wait.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="LockException">The lock can be held by nobody.</exception>
    public async Task MeasureAloneAsync(Action<string> tell, CancellationToken cancellationToken)
    {
        if (IsOwner)
            machine ??= await MachineLock
                .TakeAsync(holder => tell($"{holder} measures on this machine: waiting for it"), cancellationToken)
                .ConfigureAwait(false);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await run.DisposeAsync().ConfigureAwait(false);
        machine?.Dispose();
    }

    /// <summary>The starter holds the other end of standard input.</summary>
    private static void EndWithStarter()
    {
        if (!Console.IsInputRedirected)
            return;
        var watch = new Thread(() =>
        {
            while (Console.In.Read() >= 0)
            {
                // Nothing is ever said; only the end matters.
            }

            Environment.Exit(ExitCodes.Unknown);
        })
        {
            IsBackground = true,
            Name = "end with starter",
        };
        watch.Start();
    }
}
