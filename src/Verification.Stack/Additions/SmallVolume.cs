using Docker.DotNet;
using Docker.DotNet.Models;
using Verification.Stack.Control;
using Verification.Stack.Engine;
using Verification.Stack.Leftovers;

namespace Verification.Stack.Additions;

/// <summary>A volume of a limited size, in memory, that a scenario can fill. A container of its own keeps it mounted, so that it outlives
/// the end of those that use it, and can be freed although the component on it has died of it.</summary>
public sealed class SmallVolume : IAsyncDisposable
{
    internal const string Mount = "/volume";
    private const string Filler = $"{Mount}/filler";
    private readonly DockerEngine engine;
    private readonly IStackControl control;
    private readonly AddedInstance keeper;

    internal SmallVolume(string name, AddedInstance keeper, IStackControl control, DockerEngine engine)
    {
        Name = name;
        this.keeper = keeper;
        this.control = control;
        this.engine = engine;
    }

    /// <summary>Its name in the engine, for <see cref="Addition.Volumes"/>.</summary>
    public string Name { get; }

    /// <summary>Fills it to the last byte.</summary>
    /// <exception cref="InvalidOperationException">It is not full afterwards: the fault took no effect.</exception>
    public async Task FillAsync(CancellationToken cancellationToken)
    {
        await control.ExecAsync(keeper.Instance, ["sh", "-c", $"cat /dev/zero >{Filler}"], cancellationToken).ConfigureAwait(false);
        if (await TakesMoreAsync(cancellationToken).ConfigureAwait(false))
            throw new InvalidOperationException($"{Name} was filled, and takes more all the same.");
    }

    /// <summary>Whether it takes 64 KiB more.</summary>
    public async Task<bool> TakesMoreAsync(CancellationToken cancellationToken) =>
        (
            await control
                .ExecAsync(keeper.Instance, ["sh", "-c", $"head -c 65536 /dev/zero >>{Filler}"], cancellationToken)
                .ConfigureAwait(false)
        ).ExitCode == 0;

    /// <summary>Takes out what filled it.</summary>
    public Task FreeAsync(CancellationToken cancellationToken) =>
        control.ExecAsync(keeper.Instance, ["rm", "-f", Filler], cancellationToken);

    /// <summary>Removes it; what uses it must have been disposed before.</summary>
    public async ValueTask DisposeAsync()
    {
        await keeper.DisposeAsync().ConfigureAwait(false);
        try
        {
            await engine.Client.Volumes.RemoveAsync(Name, force: true, CancellationToken.None).ConfigureAwait(false);
        }
        catch (DockerApiException e) when (Sweeper.IsGoing(e))
        {
            // Still in use, or gone with its run: it carries the run's label.
        }
    }

    /// <summary>Creates the volume alone, under the labels of a run.</summary>
    internal static Task CreateAsync(
        DockerEngine engine,
        string name,
        int mebibytes,
        IReadOnlyDictionary<string, string> labels,
        CancellationToken cancellationToken
    ) =>
        engine.Client.Volumes.CreateAsync(
            new VolumesCreateParameters
            {
                Name = name,
                Driver = "local",
                DriverOpts = new Dictionary<string, string>
                {
                    ["type"] = "tmpfs",
                    ["device"] = "tmpfs",
                    ["o"] = $"size={mebibytes}m",
                },
                Labels = new Dictionary<string, string>(labels),
            },
            cancellationToken
        );
}
