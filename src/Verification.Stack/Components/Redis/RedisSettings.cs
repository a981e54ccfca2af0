using StackExchange.Redis;
using Verification.Stack.Settings;

namespace Verification.Stack.Components.Redis;

/// <summary><c>config/redis/redis.conf</c> beside CONFIG GET of each node.</summary>
internal static class RedisSettings
{
    public static async Task<SettingsComparison> CompareAsync(string file, string node, IServer server) =>
        Compare(file, node, await ToldAsync(server).ConfigureAwait(false));

    /// <summary>Every directive.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> ToldAsync(IServer server) =>
        (await server.ConfigGetAsync().ConfigureAwait(false)).ToDictionary(
            each => each.Key,
            each => each.Value,
            StringComparer.OrdinalIgnoreCase
        );

    /// <summary>Compares with the effective directives.</summary>
    internal static SettingsComparison Compare(string file, string node, IReadOnlyDictionary<string, string> effective) =>
        SettingsComparison.Of(
            node,
            Expected(file)
                .Select(setting =>
                    (setting.Name, Sizes.InBytes(setting.Value), effective.TryGetValue(setting.Name, out var value) ? value : null)
                )
        );

    /// <summary>The directives of a file.</summary>
    internal static IEnumerable<(string Name, string Value)> Expected(string file) =>
        File.ReadLines(file)
            .Select(line => line.Trim())
            .Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => line.Split(' ', 2, StringSplitOptions.TrimEntries))
            .Select(parts => (parts[0], parts.Length > 1 ? parts[1].Trim('"') : string.Empty));
}
