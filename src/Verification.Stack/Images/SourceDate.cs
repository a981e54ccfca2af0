using System.ComponentModel;
using System.Globalization;
using CliWrap.Buffered;
using Verification.Stack.Sessions;

namespace Verification.Stack.Images;

/// <summary>The time that an image made here bears, in place of the time at which it was made
/// (https://reproducible-builds.org/specs/source-date-epoch/).</summary>
internal static class SourceDate
{
    /// <summary>What <c>SOURCE_DATE_EPOCH</c> says, else the time of the last commit that changed one of the sources, else, outside a
    /// checkout or without git, now.</summary>
    /// <param name="given">The value of that variable; null where it is not set.</param>
    /// <param name="root">The checkout.</param>
    /// <param name="sources">Files and folders that the image is made of.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="FormatException">The variable holds no time.</exception>
    public static async Task<DateTimeOffset> OfAsync(
        string? given,
        ProjectRoot root,
        IReadOnlyList<string> sources,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        if (given is not null)
            return TryParse(given)
                ?? throw new FormatException(
                    $"{VerifyVariables.SourceDateEpoch} is '{given}'; expected the seconds since 1970, as git log -1 --format=%ct prints them."
                );
        try
        {
            var log = await Git.In(root.Path, ["log", "-1", "--format=%ct", "--", .. sources])
                .ExecuteBufferedAsync(cancellationToken)
                .ConfigureAwait(false);
            return (log.IsSuccess ? TryParse(log.StandardOutput.Trim()) : null) ?? Now(time);
        }
        catch (Win32Exception)
        {
            return Now(time);
        }
    }

    private static DateTimeOffset? TryParse(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;

    /// <summary>In whole seconds, as a tar has them.</summary>
    private static DateTimeOffset Now(TimeProvider time) => DateTimeOffset.FromUnixTimeSeconds(time.GetUtcNow().ToUnixTimeSeconds());
}
