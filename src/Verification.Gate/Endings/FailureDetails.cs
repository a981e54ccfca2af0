using System.Globalization;
using System.Runtime.InteropServices;

namespace Verification.Gate.Endings;

/// <summary>Keeps what a fault of the program itself looked like, for whoever mends it.</summary>
internal static class FailureDetails
{
    /// <summary>Writes the details to the first of some folders that takes them.</summary>
    /// <param name="failure">What was thrown.</param>
    /// <param name="arguments">The command line.</param>
    /// <param name="now">The time, for the name of the file.</param>
    /// <param name="folders">Where to, in order of preference.</param>
    /// <returns>A sentence that says where they are.</returns>
    public static string Keep(Exception failure, IEnumerable<string> arguments, DateTimeOffset now, params IReadOnlyList<string> folders)
    {
        var text = $"""
            ./verify {string.Join(' ', arguments)}
            {now:yyyy-MM-ddTHH:mm:ssZ}, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}

            {failure}

            """;
        foreach (var folder in folders)
        {
            var file = Path.Combine(
                folder,
                string.Create(CultureInfo.InvariantCulture, $"failure-{now:yyyyMMdd-HHmmss}-{Environment.ProcessId}.txt")
            );
            try
            {
                File.WriteAllText(file, text);
                return $"The details are in {file}: please report them.";
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // The next folder may take them.
            }
        }

        return $"The details could be written to none of {string.Join(", ", folders)}.";
    }
}
