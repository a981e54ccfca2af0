using Verification.Gate.Commands;
using Verification.Objectives;

namespace Verification.Gate.Drills;

/// <summary>Where a secret is read from, so that it stands in no command line: <c>env:NAME</c> or <c>file:PATH</c>.</summary>
internal static class SecretSource
{
    private const string Variable = "env:";
    private const string File = "file:";

    /// <summary>Reads one, without line ends behind it.</summary>
    /// <param name="option">The option that names it.</param>
    /// <param name="source">Where.</param>
    /// <exception cref="UsageException">It is neither form, or nothing is there.</exception>
    public static string Read(string option, string source)
    {
        var secret =
            source.StartsWith(Variable, StringComparison.Ordinal) ? Environment.GetEnvironmentVariable(source[Variable.Length..])
            : source.StartsWith(File, StringComparison.Ordinal) ? ReadFile(option, source[File.Length..])
            : throw new UsageException($"{option}: expected env:NAME or file:PATH, so that the secret itself stands in no command line.");
        return string.IsNullOrWhiteSpace(secret)
            ? throw new UsageException($"{option} {source}: it is empty or not set. Put the secret there.")
            : secret.TrimEnd('\r', '\n');
    }

    private static string ReadFile(string option, string path)
    {
        try
        {
            return System.IO.File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{option} file:{path}: it cannot be read: {Quotation.Of(e.Message)} Name a file of this machine.");
        }
    }
}
