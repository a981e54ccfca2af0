using Verification.Objectives;

namespace Verification.Stack.Leftovers;

/// <summary>Takes the values of a run's secrets out of what is written down.</summary>
public sealed class SecretMask
{
    /// <summary>What stands where a secret was.</summary>
    public const string Mask = "•••";

    /// <summary>Least length, in characters, of a value that is masked: a shorter one is no password, and would eat words.</summary>
    public const int Shortest = 8;

    private readonly IReadOnlyList<string> values;

    private SecretMask(IReadOnlyList<string> values) => this.values = values;

    /// <summary>Masks every value that lies in the secrets folder of a run; nothing where there is none.</summary>
    public static SecretMask Of(RunFolder folder) =>
        new(
            Directory.Exists(folder.Secrets)
                ?
                [
                    .. Directory
                        .EnumerateFiles(folder.Secrets, "*", SearchOption.AllDirectories)
                        .Where(IsSecret)
                        .SelectMany(Values)
                        .Distinct(StringComparer.Ordinal)
                        // The longest first: a secret that begins another must not leave the rest of it.
                        .OrderByDescending(value => value.Length),
                ]
                : []
        );

    /// <summary>The text without any secret.</summary>
    public string Clean(string text) => values.Aggregate(text, (cleaned, value) => cleaned.Replace(value, Mask, StringComparison.Ordinal));

    // Names of users and databases lie beside the passwords, and are none.
    private static bool IsSecret(string file) =>
        !file.EndsWith("-user", StringComparison.Ordinal) && !file.EndsWith("-database", StringComparison.Ordinal);

    // A key or certificate has many lines, each of them telling; a password has one.
    private static IEnumerable<string> Values(string file)
    {
        try
        {
            return [.. File.ReadAllLines(file).Select(line => line.Trim()).Where(line => line.Length >= Shortest)];
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            // Another sweep removed it, and it removes the secrets only after the containers.
            return [];
        }
    }
}
