using Verification.Stack.Settings;

namespace Verification.Stack.Components;

/// <summary>A component whose behaviour stands in <c>config/</c> and whose version stands in <c>config/versions.yaml</c>: it is asked
/// whether it works so.</summary>
public abstract class ConfiguredComponent : Component
{
    /// <summary>Its files below <c>config/</c>, in a folder of its name.</summary>
    public abstract IReadOnlyList<ConfigFile> Configuration { get; }

    /// <summary>The version that the running component tells of itself; of several instances in several versions, each.</summary>
    /// <param name="stack">The stack.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public abstract Task<string> VersionAsync(AttachedStack stack, CancellationToken cancellationToken);

    /// <summary>Holds the effective settings of its instances against a configuration folder.</summary>
    /// <param name="stack">The stack.</param>
    /// <param name="config">The folder, <c>config/</c>.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public abstract Task<SettingsComparison> CompareSettingsAsync(AttachedStack stack, string config, CancellationToken cancellationToken);

    /// <summary>What its instances tell of settings in effect, whether they stand in <c>config/</c> or not; none where it tells
    /// nothing.</summary>
    /// <param name="stack">The stack.</param>
    /// <param name="names">The settings, as it names them.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public virtual Task<IReadOnlyList<EffectiveSettings>> TellSettingsAsync(
        AttachedStack stack,
        IReadOnlyList<string> names,
        CancellationToken cancellationToken
    ) => Task.FromResult<IReadOnlyList<EffectiveSettings>>([]);

    /// <summary>Path of one of its files.</summary>
    internal string PathOf(ConfigFile file, string config) => Path.Combine(config, Name, file.Name);
}
