using Verification.Stack.Additions;

namespace Verification.Chaos.Faults;

/// <summary>The disk of an instance is full to the last byte.</summary>
public sealed class DiskFullFault : IFault
{
    private readonly SmallVolume volume;

    /// <summary>Makes the fault.</summary>
    /// <param name="volume">The volume on which the instance's data lies.</param>
    /// <param name="target">Name of the instance.</param>
    public DiskFullFault(SmallVolume volume, string target) => (this.volume, Target) = (volume, target);

    /// <inheritdoc />
    public string Name => "disk-full";

    /// <inheritdoc />
    public string Target { get; }

    /// <inheritdoc />
    public Task ApplyAsync(CancellationToken cancellationToken) => volume.FillAsync(cancellationToken);

    /// <inheritdoc />
    public async Task<string?> EffectAsync(CancellationToken cancellationToken) =>
        await volume.TakesMoreAsync(cancellationToken).ConfigureAwait(false) ? null : $"{volume.Name} takes no more";

    /// <inheritdoc />
    public Task HealAsync(CancellationToken cancellationToken) => volume.FreeAsync(cancellationToken);
}
