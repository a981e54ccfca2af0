using System.Globalization;
using System.Security.Cryptography;
using Verification.Objectives;
using Verification.Stack.Engine;
using Verification.Stack.Leftovers;

namespace Verification.Stack.Runs;

/// <summary>A living run: its folder, its lock, and a watchdog that removes what it created should this process die.
/// A process that was started by a run joins it (<c>VERIFY_RUN</c>) and leaves lock and watchdog to the starter.</summary>
public sealed class Run : IAsyncDisposable
{
    /// <summary>Environment variable with the folder of the run that a process belongs to.</summary>
    public const string Variable = Sessions.VerifyVariables.Run;

    private readonly HeldFile? held;
    private readonly Watchdog? watchdog;

    private Run(RunFolder folder, HeldFile? held, Watchdog? watchdog)
    {
        Folder = folder;
        this.held = held;
        this.watchdog = watchdog;
    }

    /// <summary>Id of the run: the name of its folder.</summary>
    public string Id => Path.GetFileName(Folder.Path);

    /// <summary>Where everything of the run is recorded.</summary>
    public RunFolder Folder { get; }

    /// <summary>Whether this process started the run and must end it.</summary>
    public bool IsOwner => held is not null;

    /// <summary>Joins the run named by <c>VERIFY_RUN</c>, or starts one.</summary>
    public static Run JoinOrStart(ProjectRoot root) =>
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } folder ? Join(folder) : Start(root);

    /// <summary>Starts a run: a new folder under <c>runs/</c>, its lock, its watchdog.</summary>
    /// <param name="root">The project.</param>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public static Run Start(ProjectRoot root)
    {
        var folder = new RunFolder(Path.Combine(root.Runs, NewId()));
        Directory.CreateDirectory(folder.Path);
        Directory.CreateDirectory(folder.Logs);
        Directory.CreateDirectory(folder.Tests);
        var taken =
            HeldFile.TryTake(folder.Lock) ?? throw new IOException($"{folder.Lock} is held by another process, although the run is new.");
        RunOwner.Write(folder);
        return new Run(folder, taken, Watchdog.Start(folder));
    }

    /// <summary>Ends the run that this process started: removes all that carries its label, keeps its evidence.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!IsOwner)
            return;

        try
        {
            using var engine = await DockerEngine.ConnectAsync(CancellationToken.None).ConfigureAwait(false);
            await new Sweeper(engine).EndRunAsync(Folder, CancellationToken.None).ConfigureAwait(false);
        }
        catch (EngineMissingException)
        {
            // Without an engine the run has created nothing.
            Sweeper.RemoveFiles(Folder);
        }

        watchdog?.Dismiss();
        held!.Dispose();
    }

    private static Run Join(string folder) =>
        Directory.Exists(folder)
            ? new Run(new RunFolder(Path.GetFullPath(folder)), held: null, watchdog: null)
            : throw new DirectoryNotFoundException($"{Variable} names {folder}, which is not there. Unset it, or let the gate set it.");

    private static string NewId() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{DateTime.UtcNow:yyyyMMdd-HHmmss}-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(2))}"
        );
}
