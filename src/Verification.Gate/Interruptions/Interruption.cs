using System.Runtime.InteropServices;

namespace Verification.Gate.Interruptions;

/// <summary>SIGINT, SIGTERM and SIGHUP: the first asks to end properly, a second SIGINT or SIGTERM ends at once.</summary>
internal sealed class Interruption : IDisposable
{
    private const string HangUp = "SIGHUP";
    private readonly CancellationTokenSource source = new();
    private readonly List<PosixSignalRegistration> registrations = [];
    private readonly List<Action> onSecond = [];
    private readonly Lock guard = new();

    /// <summary>Ends with the first signal.</summary>
    public CancellationToken Token => source.Token;

    /// <summary>Name of the first signal; null while there was none.</summary>
    public string? Signal { get; private set; }

    /// <summary>Exit code that says so: 129, 130 or 143; null while there was no signal.</summary>
    public int? ExitCode => Signal is { } signal ? Objectives.ExitCodes.OfSignal(signal) : null;

    /// <summary>Takes the signals of this process.</summary>
    /// <param name="told">Called at the first signal.</param>
    public static Interruption Listen(Action<string> told)
    {
        var interruption = new Interruption();
        foreach (
            var (signal, name) in new[] { (PosixSignal.SIGINT, "SIGINT"), (PosixSignal.SIGTERM, "SIGTERM"), (PosixSignal.SIGHUP, HangUp) }
        )
        {
            interruption.registrations.Add(
                PosixSignalRegistration.Create(
                    signal,
                    context =>
                    {
                        context.Cancel = true;
                        interruption.Take(name, told, Environment.Exit);
                    }
                )
            );
        }

        return interruption;
    }

    /// <summary>What else to end when the second signal ends this process.</summary>
    public IDisposable OnSecond(Action action)
    {
        lock (guard)
            onSecond.Add(action);
        return new Registration(() =>
        {
            lock (guard)
                onSecond.Remove(action);
        });
    }

    /// <inheritdoc />
    public void Dispose()
    {
        registrations.ForEach(registration => registration.Dispose());
        source.Dispose();
    }

    internal void Take(string name, Action<string> told, Action<int> exit)
    {
        if (Signal is null)
        {
            Signal = name;
            told(name);
            source.Cancel();
            return;
        }

        // A terminal that closes says so more than once: kernel and shell both do. It is no second wish.
        if (name == HangUp)
            return;
        lock (guard)
            onSecond.ForEach(action => action());
        exit(ExitCode!.Value);
    }

    private sealed class Registration(Action release) : IDisposable
    {
        public void Dispose() => release();
    }
}
