using Dapper;
using MySqlConnector;
using Verification.Stack.Settings;

namespace Verification.Stack.Components.MySql;

/// <summary><c>config/mysql/my.cnf</c> beside SHOW GLOBAL VARIABLES.</summary>
internal static class MySqlSettings
{
    public static async Task<SettingsComparison> CompareAsync(
        IReadOnlyList<(string Name, string Value)> expected,
        string instance,
        MySqlConnection connection,
        CancellationToken cancellationToken
    ) => Compare(expected, instance, await ToldAsync(connection, cancellationToken).ConfigureAwait(false));

    /// <summary>Every global variable.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> ToldAsync(MySqlConnection connection, CancellationToken cancellationToken)
    {
        var rows = await connection
            .QueryAsync<(string Name, string Value)>(new CommandDefinition("SHOW GLOBAL VARIABLES", cancellationToken: cancellationToken))
            .ConfigureAwait(false);
        return rows.ToDictionary(row => row.Name, row => row.Value, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Compares with the effective variables.</summary>
    internal static SettingsComparison Compare(
        IEnumerable<(string Name, string Value)> expected,
        string instance,
        IReadOnlyDictionary<string, string> effective
    ) =>
        SettingsComparison.Of(
            instance,
            expected.Select(setting =>
                (
                    setting.Name,
                    Normal(setting.Value),
                    effective.TryGetValue(Variable(setting.Name), out var value) ? Normal(Told(setting.Name, value)) : null
                )
            )
        );

    /// <summary>The settings of a file's <c>[mysqld]</c> section.</summary>
    internal static IEnumerable<(string Name, string Value)> Expected(string file)
    {
        var isServers = false;
        foreach (var line in File.ReadLines(file).Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] is not ('#' or ';')))
        {
            if (line[0] == '[')
            {
                isServers = line == "[mysqld]";
                continue;
            }

            var parts = line.Split('=', 2, StringSplitOptions.TrimEntries);
            if (isServers)
                yield return (parts[0], parts.Length > 1 ? parts[1] : "ON");
        }
    }

    /// <summary>An option that has its variable under another name.</summary>
    private static string Variable(string option) =>
        option switch
        {
            "default-time-zone" => "time_zone",
            "log-bin" => "log_bin_basename",
            _ => option.Replace('-', '_'),
        };

    /// <summary>The binary log is told with its folder.</summary>
    private static string Told(string option, string value) => option == "log-bin" ? Path.GetFileName(value) : value;

    /// <summary>One form for switches, sizes, and lists whose order means nothing.</summary>
    private static string Normal(string value) =>
        value.ToUpperInvariant() switch
        {
            "ON" => "1",
            "OFF" => "0",
            var list when list.Contains(',', StringComparison.Ordinal) => string.Join(',', list.Split(',').Order(StringComparer.Ordinal)),
            var other => Sizes.InBytes(other),
        };
}
